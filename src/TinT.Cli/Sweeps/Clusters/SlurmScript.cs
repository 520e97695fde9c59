using System.Globalization;
using System.Text;

namespace TinT.Cli.Sweeps.Clusters;

/// <summary>The script of a job array: each task begins with its share of the sweep and helps with the others behind it.</summary>
internal static class SlurmScript
{
    /// <summary>Seconds between SIGTERM and the end of a task whose time is up, to write down what is finished.</summary>
    private const int Notice = 60;

    /// <summary>Writes the script.</summary>
    /// <param name="name">Name of the job.</param>
    /// <param name="sweep">The sweep, an absolute path.</param>
    /// <param name="output">The folder of results, an absolute path.</param>
    /// <param name="jobs">Where the tasks' outputs go.</param>
    /// <param name="shards">The shares that are not finished.</param>
    /// <param name="size">What a task needs.</param>
    /// <param name="request">What was asked for.</param>
    public static string Write(string name, string sweep, string output, string jobs, IReadOnlyList<int> shards, JobSize size, ClusterRequest request)
    {
        StringBuilder text = new();
        text.Append("#!/bin/sh\n");
        Option($"--job-name=tint-{name}");
        Option(string.Create(CultureInfo.InvariantCulture, $"--array={string.Join(',', shards)}"));
        Option(string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={size.Cores}"));
        Option(string.Create(CultureInfo.InvariantCulture, $"--mem={size.Megabytes}M"));
        Option(string.Create(CultureInfo.InvariantCulture, $"--time={size.Minutes}"));
        Option(string.Create(CultureInfo.InvariantCulture, $"--signal=TERM@{Notice}"));
        Option("--requeue");
        Option($"--output={Path.Combine(jobs, "%A_%a.out")}");
        foreach (string option in request.SlurmOptions)
            Option(option);
        text.Append(CultureInfo.InvariantCulture, $"exec {request.Tool ?? ShellText.ThisTool()} sweep run {ShellText.Quote(sweep)} --output {ShellText.Quote(output)} \\\n");
        text.Append(CultureInfo.InvariantCulture, $"  --shard \"$SLURM_ARRAY_TASK_ID/{request.Tasks}\" --threads \"$SLURM_CPUS_PER_TASK\"\n");
        return text.ToString();

        void Option(string option) => text.Append("#SBATCH ").Append(option).Append('\n');
    }
}
