using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace TinT.Cli.Tests.Sweeps;

/// <summary>Job arrays on a real Slurm.</summary>
public sealed partial class SlurmTests : IDisposable
{
    private const int Settings = 2 * 4 * 3;

    private const string Grid = """
          blocks: 30
          train_fraction: [0.3, 0.7]
          learning_rate: [1e-5, 1e-4, 3e-4, 1e-3]
          layers: [1, 2, 4]
        """;

    private readonly SweepCase sweeps = new();

    public void Dispose() => sweeps.Dispose();

    [SlurmFact, UnsupportedOSPlatform("windows")]
    public void A_job_array_gives_the_report_of_one_process_though_a_task_is_cancelled_and_the_node_fails()
    {
        string sweep = sweeps.Write(Grid);
        Assert.Equal(0, Tint.Run("sweep", "run", sweep, "--output", sweeps.PathOf("one")).ExitCode);
        byte[] expected = sweeps.Report(sweep, "one");
        using LocalSlurm slurm = new();

        // An array of four runs through; what is queued is not submitted again, nor what is finished.
        string first = Submit(sweep, "array");
        Assert.Contains("there is nothing to submit", Tint.Run(Arguments(sweep, "array")).AssertDone().Output, StringComparison.Ordinal);
        slurm.Wait(() => LocalSlurm.Tasks(first).Length == 0, "the array does not end");
        Assert.Equal(expected, sweeps.Report(sweep, "array"));
        Assert.Contains("All is finished", Tint.Run(Arguments(sweep, "array")).AssertDone().Output, StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(Path.Combine(sweeps.PathOf("array"), "jobs"), "*.out").Length);

        // Of a second one all but a task are held; that one is cancelled while it runs, then the node's daemon is killed under the next.
        string second = Submit(sweep, "lost", "--tasks", "2", "--sbatch=--hold");
        LocalSlurm.Ask("scontrol", "release", $"{second}_1");
        slurm.Wait(() => Finished("lost") > 0, "the first task does not start");
        LocalSlurm.Ask("scancel", $"{second}_1");
        slurm.Wait(() => !LocalSlurm.Tasks(second).Any(task => task.StartsWith("1 ", StringComparison.Ordinal)), "the task does not end");
        int before = Finished("lost");
        Assert.InRange(before, 1, (30 * Settings) - 1);
        Assert.Contains("Partial: 1 of 1", File.ReadAllText(Path.Combine(sweeps.PathOf("lost"), "jobs", $"{second}_1.out")), StringComparison.Ordinal);

        CommandResult again = Tint.Run(Arguments(sweep, "lost", "--tasks", "2")).AssertDone();
        Assert.Contains("1 of 2 tasks", again.Output, StringComparison.Ordinal);
        string third = JobOf(again);
        slurm.Wait(() => Finished("lost") > before, "the task that was submitted again does not start");
        slurm.RestartNode();
        LocalSlurm.Ask("scontrol", "release", second);
        slurm.Wait(() => LocalSlurm.Tasks(second).Length + LocalSlurm.Tasks(third).Length == 0, "the tasks do not end");
        Assert.Equal(expected, sweeps.Report(sweep, "lost"));
    }

    [Fact]
    public void A_dry_run_only_writes_the_script()
    {
        string sweep = sweeps.Write(Grid, run: "batch: 1, threads: 2");
        string output = sweeps.PathOf("out");
        CommandResult result = Tint.Run(
            "sweep", "submit", sweep, "--output", output, "--slurm", "--dry-run", "--tasks", "3", "--minutes", "7", "--tool", "tint", "--sbatch=--partition=long");
        Assert.Contains("3 of 3 tasks, each 2 cores", result.AssertDone().Output, StringComparison.Ordinal);

        string script = File.ReadAllText(Path.Combine(output, "jobs", "sweep.sbatch"));
        Assert.Matches(
            $"""
            ^#!/bin/sh
            #SBATCH --job-name=tint-case
            #SBATCH --array=1,2,3
            #SBATCH --cpus-per-task=2
            #SBATCH --mem=[0-9]+M
            #SBATCH --time=7
            #SBATCH --signal=TERM@60
            #SBATCH --requeue
            #SBATCH --output={Regex.Escape(output)}/jobs/%A_%a.out
            #SBATCH --partition=long
            exec tint sweep run {Regex.Escape(sweep)} --output {Regex.Escape(output)} \\
              --shard "\$SLURM_ARRAY_TASK_ID/3" --threads "\$SLURM_CPUS_PER_TASK"
            $
            """.ReplaceLineEndings("\n").TrimEnd('\n'),
            script);
        Tint.Run("sweep", "submit", sweep).AssertFailed(2, "error: Submit with either --slurm or --kubernetes.");
    }

    private static string[] Arguments(string sweep, string output, params string[] more) =>
        ["sweep", "submit", sweep, "--output", Path.Combine(Path.GetDirectoryName(sweep)!, output), "--slurm", "--minutes", "5", "--tool", Tool(), .. more];

    private static string Tool() => $"dotnet {Path.Combine(AppContext.BaseDirectory, "tint.dll")}";

    private static string Submit(string sweep, string output, params string[] more) => JobOf(Tint.Run(Arguments(sweep, output, more)).AssertDone());

    private static string JobOf(CommandResult result) => Job().Match(result.Output) is { Success: true } match ? match.Groups[1].Value : throw new InvalidDataException(result.Output);

    private int Finished(string output) => Directory.Exists(Path.Combine(sweeps.PathOf(output), "logs")) ? sweeps.Lines(output) : 0;

    [GeneratedRegex(@"job ([0-9]+)\.")]
    private static partial Regex Job();
}
