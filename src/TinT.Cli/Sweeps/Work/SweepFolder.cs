using System.Globalization;
using TinT.Cli.Outcomes;
using TinT.Cli.Sweeps.Evaluations;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sharing;

namespace TinT.Cli.Sweeps.Work;

/// <summary>The folder of a sweep's results: <c>sweep.json</c> says of which sweep, <c>logs</c> has finished runs, <c>claims</c> who runs what.</summary>
internal sealed class SweepFolder
{
    private const string Schema = "tint.sweep-folder/1";

    private SweepFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where who runs what stands.</summary>
    public string Claims => System.IO.Path.Combine(Path, "claims");

    /// <summary>Where jobs of clusters and their outputs stand.</summary>
    public string Jobs => System.IO.Path.Combine(Path, "jobs");

    /// <summary>Opens the folder of a sweep, or makes it, and reads what is finished.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="sweep">The sweep.</param>
    /// <exception cref="RunLogException">The folder belongs to another sweep, or cannot be read or written.</exception>
    public static SweepFolder Open(string path, OpenedSweep sweep)
    {
        SweepFolder folder = new(path);
        string logs = System.IO.Path.Combine(path, "logs");
        try
        {
            Directory.CreateDirectory(logs);
            Directory.CreateDirectory(folder.Claims);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(path, $"cannot be made: {exception.Message}", exception);
        }

        InputsFile.Keep(System.IO.Path.Combine(path, "sweep.json"), Schema, sweep.Inputs());
        string host = new([.. Environment.MachineName.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')]);
        string process = string.Create(CultureInfo.InvariantCulture, $"{host}-{Environment.ProcessId}-{Guid.NewGuid().ToString("n")[..8]}");
        foreach (ISweepEvaluation evaluation in sweep.Evaluations)
            evaluation.Open(logs, process);
        sweep.Refresh();
        return folder;
    }

    /// <summary>Opens a folder that is there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="sweep">The sweep.</param>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="RunLogException">The folder belongs to another sweep, or cannot be read.</exception>
    public static SweepFolder OpenExisting(string path, OpenedSweep sweep) => File.Exists(System.IO.Path.Combine(path, "sweep.json"))
        ? Open(path, sweep)
        : throw new UsageException($"{path} has no results of a sweep; run it first ('tint sweep run {sweep.File.Path}'), or name its folder with --output.");

    /// <summary>Units that a process that has not ended runs, as far as this machine can tell.</summary>
    /// <param name="lease">How long claims last.</param>
    public IReadOnlyList<(string Unit, ProcessIdentity Owner)> Running(TimeSpan lease) =>
        [.. new ClaimFolder(Claims, lease).List().Where(claim => !claim.Owner.HasEnded)];
}
