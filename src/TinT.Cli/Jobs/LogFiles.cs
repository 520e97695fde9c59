using System.Globalization;
using TinT.Cli.Context;
using TinT.Evaluation.Logs;

namespace TinT.Cli.Jobs;

/// <summary>The logs that a command names: one that it goes on with, and others whose runs count as finished.</summary>
internal static class LogFiles
{
    /// <summary>Opens the log to go on with and tells how much it has.</summary>
    /// <param name="context">Where that is told.</param>
    /// <param name="path">The file; <see langword="null"/> for none.</param>
    /// <param name="format">How runs stand in it.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <exception cref="RunLogException">The file cannot be used.</exception>
    public static RunLog<TKey, TRun>? Open<TKey, TRun>(
        CommandContext context, string? path, RunLogFormat<TKey, TRun> format, IReadOnlyDictionary<string, string> inputs)
        where TKey : notnull
        where TRun : class
    {
        if (path is null)
            return null;
        RunLog<TKey, TRun> log = RunLog.Open(path, format, inputs);
        if (log.Count > 0)
            context.Console.WriteErrorLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {log.Count} runs are finished and not repeated."));
        return log;
    }

    /// <summary>Adds the runs of other logs.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="paths">The files.</param>
    /// <param name="format">How runs stand in them.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <exception cref="RunLogException">A file cannot be used.</exception>
    public static void Merge<TKey, TRun>(
        IRunLog<TKey, TRun> log, IEnumerable<string> paths, RunLogFormat<TKey, TRun> format, IReadOnlyDictionary<string, string> inputs)
        where TKey : notnull
        where TRun : class
    {
        foreach (string path in paths)
            log.Add([.. RunLog.Read(path, format, inputs).Where(run => log.Find(format.KeyOf(run)) is null)]);
    }
}
