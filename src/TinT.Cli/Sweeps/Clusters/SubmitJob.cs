using System.Globalization;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Sweeps.Evaluations;
using TinT.Cli.Sweeps.Reading;
using TinT.Cli.Sweeps.Work;
using TinT.Evaluation.Logs;
using TinT.Reports.Files;

namespace TinT.Cli.Sweeps.Clusters;

/// <summary>Gives a sweep to a cluster.</summary>
internal static class SubmitJob
{
    /// <summary>Writes the script of a Slurm job array for the shares that are not finished, and submits it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">A file cannot be read, or an option does not fit.</exception>
    /// <exception cref="SpecException">The sweep or a spec has mistakes.</exception>
    /// <exception cref="RunLogException">The folder belongs to another sweep, or cannot be read or written.</exception>
    /// <exception cref="ClusterException">Slurm refuses.</exception>
    public static int Slurm(CommandContext context, SweepRequest sweepRequest, ClusterRequest request)
    {
        using OpenedSweep sweep = Open(context, sweepRequest);
        (SweepFolder folder, string output) = FolderOf(sweepRequest, sweep);
        SlurmArrays arrays = new(folder.Jobs);
        HashSet<int> live = request.DryRun ? [] : arrays.Live(request.Tasks);
        PlannedUnit[] left = [.. sweep.Units.Where(unit => !sweep.Evaluations[unit.Evaluation].IsFinished(unit))];
        if (sweep.IsComplete)
        {
            context.Console.WriteLine("All is finished; there is nothing to submit.");
            return ExitCode.Done;
        }

        // What is chosen last of tasks has no unit yet: then any share can run it.
        HashSet<PlannedUnit> missing = [.. left];
        int[] shards =
        [
            .. UnitShares.Of([.. sweep.Units], request.Tasks).Where(unit => missing.Contains(unit.Unit)).Select(unit => unit.Share)
                .Concat(left.Length == 0 ? [1] : []).Distinct().Where(share => !live.Contains(share)).Order(),
        ];
        if (shards.Length == 0)
        {
            context.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All that is left is queued or runs, in {live.Count:N0} tasks; there is nothing to submit."));
            return ExitCode.Done;
        }

        JobSize size = JobSize.Of(PlanOf(context, sweep, request), request, left, shards.Length);
        string script = Path.Combine(folder.Jobs, "sweep.sbatch");
        string text = SlurmScript.Write(sweep.File.Name, Path.GetFullPath(sweep.File.Path), output, folder.Jobs, shards, size, request);
        AtomicFile.Write(script, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        string what = string.Create(
            CultureInfo.InvariantCulture, $"{shards.Length:N0} of {request.Tasks:N0} tasks, each {size.Cores:N0} cores, {size.Megabytes:N0} MiB and at most {size.Minutes:N0} minutes");
        context.Console.WriteLine(request.DryRun ? $"{script}: {what}; not submitted." : $"{script}: {what}; job {arrays.Submit(script, request.Tasks)}.");
        return ExitCode.Done;
    }

    /// <summary>Writes the manifest of a Kubernetes job.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">A file cannot be read, or an option does not fit.</exception>
    /// <exception cref="SpecException">The sweep or a spec has mistakes.</exception>
    /// <exception cref="RunLogException">The folder belongs to another sweep, or cannot be read or written.</exception>
    public static int Kubernetes(CommandContext context, SweepRequest sweepRequest, ClusterRequest request)
    {
        string image = request.Image ?? throw new UsageException("--kubernetes needs --image, an image with the tool in it.");
        using OpenedSweep sweep = Open(context, sweepRequest);
        (SweepFolder folder, string output) = FolderOf(sweepRequest, sweep);
        PlannedUnit[] left = [.. sweep.Units.Where(unit => !sweep.Evaluations[unit.Evaluation].IsFinished(unit))];
        JobSize size = JobSize.Of(PlanOf(context, sweep, request), request, left, request.Tasks);
        string file = Path.GetFullPath(sweep.File.Path);
        string mount = request.Mount ?? CommonFolder.Of([file, output, .. sweep.File.Files]);
        string manifest = Path.Combine(folder.Jobs, "job.yaml");
        string text = KubernetesManifest.Write(sweep.File.Name, file, output, mount, image, size, request);
        AtomicFile.Write(manifest, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        context.Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{manifest}: {request.Tasks:N0} indices, each {size.Cores:N0} cores and {size.Megabytes:N0} MiB, with the volume of {request.VolumeClaim} at {mount}."));
        context.Console.WriteLine($"Submit it with 'kubectl apply --filename {ShellText.Quote(manifest)}'.");
        return ExitCode.Done;
    }

    /// <summary>Lays the sweep out with as many threads as a process gets cores.</summary>
    private static OpenedSweep Open(CommandContext context, SweepRequest request)
    {
        SweepFile file = SweepReader.Read(request.Sweep, request.Threads);
        return SweepJob.Open(context, request with { Threads = request.Threads ?? file.Threads ?? file.Batch });
    }

    private static (SweepFolder Folder, string Output) FolderOf(SweepRequest request, OpenedSweep sweep)
    {
        string output = Path.GetFullPath(SweepJob.FolderOf(request, sweep.File));
        SweepFolder folder = SweepFolder.Open(output, sweep);
        Directory.CreateDirectory(folder.Jobs);
        return (folder, output);
    }

    /// <summary>With times measured, unless they are given.</summary>
    private static SweepPlan PlanOf(CommandContext context, OpenedSweep sweep, ClusterRequest request) =>
        new(sweep, request.Minutes is null ? SpeedMeasurement.Of(sweep, context.CancellationToken) : null);
}
