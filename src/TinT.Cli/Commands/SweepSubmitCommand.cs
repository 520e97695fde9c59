using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Outcomes;
using TinT.Cli.Sweeps;
using TinT.Cli.Sweeps.Clusters;

namespace TinT.Cli.Commands;

/// <summary><c>tint sweep submit</c>: gives a sweep to a cluster.</summary>
internal sealed class SweepSubmitCommand : Command, IHasExample
{
    private readonly CommandContext context;
    private readonly Argument<string> sweep = new FileArgument<string>("SWEEP") { Description = "The sweep, a *.sweep.yaml file." };
    private readonly Option<bool> slurm = new("--slurm") { Description = "Writes and submits a Slurm job array of what is not finished and not queued." };
    private readonly Option<bool> kubernetes = new("--kubernetes") { Description = "Writes the manifest of an Indexed Job." };
    private readonly Option<string?> output = new FileOption<string?>("--output", FileRole.OutputDirectory)
    {
        HelpName = "DIR",
        Description = "Folder of results, which all nodes see. Default: NAME.results beside the sweep.",
    };

    private readonly Option<int?> tasks = CommonArguments.Count("--tasks", "Tasks of the array, or indices of the job: each begins with its share. Default: 4.");
    private readonly Option<int?> threads = CommonArguments.Count("--threads", "Threads and cores of each. Default: the sweep's, else its batch.", 1024);
    private readonly Option<int?> minutes = CommonArguments.Count("--minutes", "Minutes of each. Default: by a short measurement here, twice the time and three more.");
    private readonly Option<int?> memory = CommonArguments.Count("--memory", "MiB of each. Default: the plan's and a quarter more.");
    private readonly Option<string?> tool = new("--tool") { HelpName = "COMMAND", Description = "How the tool is called there. Default: as here, in containers 'tint'." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Only writes the script." };
    private readonly Option<string[]> sbatch = new("--sbatch")
    {
        HelpName = "OPTION",
        Description = "An option of sbatch for the script, such as --sbatch=--partition=long; several times for several.",
    };

    private readonly Option<string?> image = new("--image") { HelpName = "IMAGE", Description = "Image of the containers, with the tool and a shell in it." };
    private readonly Option<string?> claim = new("--claim") { HelpName = "NAME", Description = "PersistentVolumeClaim, ReadWriteMany, that all containers mount. Default: tint." };
    private readonly Option<string?> mount = new("--mount")
    {
        HelpName = "PLACE",
        Description = "Where it is mounted: sweep, results and what the sweep names have the same paths there as here. Default: their common folder.",
    };

    /// <summary>Creates the command.</summary>
    public SweepSubmitCommand(CommandContext context)
        : base("submit", "Gives a sweep to a cluster with a shared folder: a Slurm job array, or a Kubernetes Indexed Job.")
    {
        this.context = context;
        Add(sweep);
        foreach (Option option in (Option[])[slurm, kubernetes, output, tasks, threads, minutes, memory, tool, dryRun, sbatch, image, claim, mount])
            Add(option);
        SetAction(Submit);
    }

    /// <inheritdoc/>
    public string Example =>
        "tint sweep submit rates.sweep.yaml --output /shared/rates --slurm --tasks 8\n"
        + "tint sweep submit rates.sweep.yaml --output /shared/rates --kubernetes --image registry.example/tint --claim shared";

    private int Submit(ParseResult arguments)
    {
        SweepRequest sweepRequest = new() { Sweep = arguments.GetRequiredValue(sweep), Output = arguments.GetValue(output), Threads = arguments.GetValue(threads) };
        ClusterRequest request = new();
        request = request with
        {
            Tasks = arguments.GetValue(tasks) ?? request.Tasks,
            Tool = arguments.GetValue(tool),
            Minutes = arguments.GetValue(minutes),
            Megabytes = arguments.GetValue(memory),
            DryRun = arguments.GetValue(dryRun),
            SlurmOptions = arguments.GetValue(sbatch) ?? [],
            Image = arguments.GetValue(image),
            VolumeClaim = arguments.GetValue(claim) ?? request.VolumeClaim,
            Mount = arguments.GetValue(mount),
        };
        return (arguments.GetValue(slurm), arguments.GetValue(kubernetes)) switch
        {
            (true, false) => SubmitJob.Slurm(context, sweepRequest, request),
            (false, true) => SubmitJob.Kubernetes(context, sweepRequest, request),
            _ => throw new UsageException("Submit with either --slurm or --kubernetes."),
        };
    }
}
