using System.CommandLine;
using TinT.Accounting.Gpu;
using TinT.Cli.Context;
using TinT.Cli.Jobs;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Commands;

/// <summary><c>tint plan</c>: what a spec's simulators consist of and cost.</summary>
internal sealed class PlanCommand : Command, IHasExample
{
    private const string AllDevices = "all";

    private readonly CommandContext context;
    private readonly Argument<string> spec = CommonArguments.Spec();
    private readonly Option<int?> tokens = CommonArguments.Count("--tokens", "Tokens in each sequence. Default: the context length.");
    private readonly Option<int?> trainingTokens = CommonArguments.Count("--training-tokens", "The first tokens that train. Default: half of them.");
    private readonly Option<int?> batch = CommonArguments.Count("--batch", "Sequences. Default: 1.");
    private readonly Option<int?> threads = CommonArguments.Threads();
    private readonly Option<WeightStorage?> weights = WeightsOption.Create();
    private readonly Option<string?> device = new("--device")
    {
        HelpName = string.Join('|', [.. GpuProfile.All.Select(profile => profile.Key), AllDevices]),
        Description = "Also plans the generated GPU simulator: cost and least time of each kernel on that device, and what fits its memory.",
    };

    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the numbers as JSON.");
    private readonly Option<string?> html = CommonArguments.OutputFile("--html", "Also writes a page that draws prefixes, memory, layers and arena.");

    /// <summary>Creates the command.</summary>
    public PlanCommand(CommandContext context)
        : base("plan", "Shows where weights and memory lie in the literal simulator, its depth and parameters, and what it and the compiled one cost.")
    {
        this.context = context;
        device.AcceptOnlyFromAmong([.. GpuProfile.All.Select(profile => profile.Key), AllDevices]);
        Add(spec);
        Add(tokens);
        Add(trainingTokens);
        Add(batch);
        Add(threads);
        Add(weights);
        Add(device);
        Add(json);
        Add(html);
        WeightsOption.RefuseOnDevices(this, weights, device);
        SetAction(Plan);
    }

    /// <inheritdoc/>
    public string Example => "tint plan specs/gpt2.tint.yaml --tokens 256 --html plan.html";

    private int Plan(ParseResult arguments) => PlanJob.Run(context, new PlanRequest
    {
        Spec = arguments.GetRequiredValue(spec),
        Tokens = arguments.GetValue(tokens),
        TrainingTokens = arguments.GetValue(trainingTokens),
        BatchSize = arguments.GetValue(batch) ?? 1,
        Threads = arguments.GetValue(threads) ?? Environment.ProcessorCount,
        Weights = arguments.GetValue(weights) ?? WeightStorage.SinglePrecision,
        Devices = [.. GpuProfile.All.Where(profile => arguments.GetValue(device) is { } name && (name == AllDevices || name == profile.Key))],
        JsonPath = arguments.GetValue(json),
        HtmlPath = arguments.GetValue(html),
    });
}
