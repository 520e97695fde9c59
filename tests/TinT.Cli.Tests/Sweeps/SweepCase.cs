using System.Diagnostics;
using System.Globalization;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Sweeps;

/// <summary>Sweeps of the byte model, run in this process or in processes of their own.</summary>
internal sealed class SweepCase : IDisposable
{
    private static readonly string text = string.Concat(Enumerable.Range(0, 40).Select(
        line => $"The {line} dogs of the house ran over the hill, and {line * line} came back before the night was over.\n"));

    private readonly TemporaryFolder folder = new();

    public SweepCase()
    {
        File.WriteAllText(folder.File("text.txt"), text);
        File.Copy(ByteModel.Spec, folder.File("byte.tint.yaml"));
        File.WriteAllText(folder.File("other.tint.yaml"), File.ReadAllText(ByteModel.Spec)
            .Replace("model: ByteGpt2", "model: Other", StringComparison.Ordinal).Replace("steps: 1", "steps: 2", StringComparison.Ordinal));
    }

    public string Folder => folder.Path;

    public string PathOf(string name) => folder.File(name);

    /// <summary>A sweep of texts.</summary>
    public string Write(string grid, string models = "byte.tint.yaml", string run = "batch: 1, threads: 1", string name = "case") => WriteAll(name, $"""
        models: {"{"}spec: [{models}], checkpoint: '{ByteModel.Checkpoint}'{"}"}
        perplexity:
          text: text.txt
          block_size: 32
          exact: none
        {grid}
        run: {"{"}{run}{"}"}

        """);

    public string WriteAll(string name, string yaml)
    {
        string path = folder.File($"{name}.sweep.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    /// <summary>The report as JSON.</summary>
    public byte[] Report(string sweep, string output)
    {
        string json = folder.File("report.json");
        CommandResult result = Tint.Run("sweep", "report", sweep, "--output", folder.File(output), "--json", json);
        Assert.True(result.ExitCode == 0, result.Error);
        return File.ReadAllBytes(json);
    }

    /// <summary>Starts the tool as a process of its own.</summary>
    public Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "tint.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs lines in all logs of a folder.</summary>
    public int Lines(string output) => Directory.GetFiles(Path.Combine(folder.File(output), "logs"))
        .Sum(log => File.ReadLines(log).Count(line => line.Contains("\"method\"", StringComparison.Ordinal)));

    public static string End(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string text = error.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0, text);
        return text;
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => folder.Dispose();
}
