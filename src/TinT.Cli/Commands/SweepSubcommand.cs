using System.CommandLine;
using TinT.Cli.Files;
using TinT.Cli.Jobs;
using TinT.Cli.Sweeps;

namespace TinT.Cli.Commands;

/// <summary>A command of <c>tint sweep</c>.</summary>
internal sealed class SweepSubcommand : Command, IHasExample
{
    private const int ShortestLease = 2;

    private readonly SweepOptions options;
    private readonly Argument<string> sweep = new FileArgument<string>("SWEEP") { Description = "The sweep, a *.sweep.yaml file." };
    private readonly Option<string?> output = new FileOption<string?>("--output", FileRole.OutputDirectory)
    {
        HelpName = "DIR",
        Description = "Folder of results, which all processes see. Default: NAME.results beside the sweep.",
    };

    private readonly Option<int?> threads = CommonArguments.Threads();
    private readonly Option<string?> shard = CommonArguments.Shard("Begins with the Ith of N shares of the work, and helps with the others behind it.");

    private readonly Option<int?> lease = CommonArguments.Count(
        "--lease", "Seconds after which another process takes over the unit of one that has not been heard of. Default: 60.");

    private readonly Option<bool> noTime = new("--no-time") { Description = "Loads no weights and measures no time." };
    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the results as JSON.");
    private readonly Option<string?> html = CommonArguments.OutputFile("--html", "Also writes a page with plots of every evaluation.");
    private readonly Option<string?> csv = CommonArguments.OutputFile("--csv", "Also writes the results as comma-separated values.");

    /// <summary>Creates the command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Its help.</param>
    /// <param name="example">Lines to type.</param>
    /// <param name="options">The options it has.</param>
    /// <param name="run">Does it.</param>
    public SweepSubcommand(string name, string description, string example, SweepOptions options, Func<SweepRequest, int> run)
        : base(name, description)
    {
        Example = example;
        this.options = options;
        Add(sweep);
        AddIf(SweepOptions.Output, output);
        AddIf(SweepOptions.Run, shard, lease);
        AddIf(SweepOptions.Threads, threads);
        AddIf(SweepOptions.Plan, noTime);
        AddIf(SweepOptions.Reports, json, csv, html);
        lease.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < ShortestLease)
                result.AddError(FormattableString.Invariant($"--lease needs {ShortestLease} seconds at least."));
        });
        SetAction(arguments => run(Read(arguments)));
    }

    /// <inheritdoc/>
    public string Example { get; }

    private void AddIf(SweepOptions option, params IEnumerable<Option> these)
    {
        if (!options.HasFlag(option))
            return;
        foreach (Option each in these)
            Add(each);
    }

    private SweepRequest Read(ParseResult arguments)
    {
        SweepRequest request = new() { Sweep = arguments.GetRequiredValue(sweep) };
        if (options.HasFlag(SweepOptions.Output))
            request = request with { Output = arguments.GetValue(output) };
        if (options.HasFlag(SweepOptions.Threads))
            request = request with { Threads = arguments.GetValue(threads) };
        if (options.HasFlag(SweepOptions.Run))
        {
            request = request with
            {
                Shard = arguments.GetValue(shard) is { } part ? ShardChoice.Parse(part) : null,
                Lease = arguments.GetValue(lease) is { } seconds ? TimeSpan.FromSeconds(seconds) : request.Lease,
            };
        }

        if (options.HasFlag(SweepOptions.Plan))
            request = request with { Measures = !arguments.GetValue(noTime) };
        return options.HasFlag(SweepOptions.Reports)
            ? request with { JsonPath = arguments.GetValue(json), CsvPath = arguments.GetValue(csv), HtmlPath = arguments.GetValue(html) }
            : request;
    }
}
