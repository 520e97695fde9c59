using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Jobs;

namespace TinT.Cli.Commands;

/// <summary><c>tint run</c>: simulates a batch from a file.</summary>
internal sealed class RunCommand : Command, IHasExample
{
    private readonly CommandContext context;
    private readonly SimulatorArguments simulator = new();
    private readonly Option<string> input = CommonArguments.RequiredPath(
        "--input",
        FileRole.Input,
        "FILE",
        "Safetensors file with input_ids and training_mask, both [B, T] or [T], and, if wanted, gradient_mask and position_ids of the same shape and icl_mask [B, T, T] or [T, T].");

    private readonly Option<string?> output = CommonArguments.OutputFile(
        "--output",
        "Safetensors file for logits_before and logits_after [B, T, V], loss_before and loss_after [B]; it appears when it is complete.");

    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the losses, and what is not finite, as JSON.");
    private readonly Option<bool> allowNonFinite = CommonArguments.AllowNonFinite("Results that are not finite");
    private readonly Option<bool> weightUpdates = new("--weight-updates")
    {
        Description = "Also writes the change of every updated weight: delta.NAME, or b0.delta.NAME and so on for several sequences.",
    };

    private readonly Option<bool> doublePrecision = new("--double")
    {
        Description = "Computes TinT's equations as they stand, in double precision, and writes F64; slower.",
    };

    private readonly Option<bool> literal = new("--literal")
    {
        Description = "Runs the literal construction, every gate and one-hot key a parameter, in double precision, and writes F64; slowest.",
    };

    private readonly Option<double?> gateScale = CommonArguments.Number(
        "--gate-scale", "X", "With --literal: gates are tanh, X the argument of an open one (10 in the authors' code). Default: hard gates.");

    private readonly SweepArguments sweep = new()
    {
        LearningRates = CommonArguments.LearningRate(),
        Steps = CommonArguments.Steps(),
        Layers = CommonArguments.Layers(),
    };

    /// <summary>Creates the command.</summary>
    public RunCommand(CommandContext context)
        : base("run", "Runs the auxiliary model on token sequences, takes the inner SGD steps on their training parts and runs it again.")
    {
        this.context = context;
        output.Required = true;
        simulator.AddModelTo(this);
        Add(input);
        Add(output);
        Add(json);
        Add(allowNonFinite);
        Add(weightUpdates);
        Add(simulator.Weights);
        Add(doublePrecision);
        Add(literal);
        Add(gateScale);
        Add(sweep.LearningRates);
        Add(sweep.Steps);
        Add(sweep.Layers);
        simulator.AddRunTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(literal) && result.GetValue(doublePrecision))
                result.AddError("--literal and --double are two ways to compute; choose one.");
            if ((result.GetValue(literal) || result.GetValue(doublePrecision)) && result.GetValue(simulator.Device) is not null)
                result.AddError("--device is for the compiled simulator; --literal and --double compute on the processor.");
            if ((result.GetValue(literal) || result.GetValue(doublePrecision)) && WeightsOption.TextOf(result, simulator.Weights) is not null)
                result.AddError("--weights is how the compiled simulator keeps weights; --literal and --double compute with those of the checkpoint.");
            if (!result.GetValue(literal) && result.GetResult(gateScale) is not null)
                result.AddError("--gate-scale needs --literal: only the literal construction has gates.");
        });
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Example => "tint run specs/gpt2.tint.yaml --checkpoint models/gpt2 --input tokens.safetensors --output result.safetensors";

    private int Run(ParseResult arguments) => RunJob.Run(context, Read(arguments));

    private RunRequest Read(ParseResult arguments) => new()
    {
        Simulator = simulator.Read(arguments),
        Sweep = sweep.Read(arguments),
        Input = arguments.GetRequiredValue(input),
        Output = arguments.GetRequiredValue(output)!,
        JsonPath = arguments.GetValue(json),
        AllowNonFinite = arguments.GetValue(allowNonFinite),
        WeightUpdates = arguments.GetValue(weightUpdates),
        DoublePrecision = arguments.GetValue(doublePrecision),
        Literal = arguments.GetValue(literal),
        GateScale = arguments.GetValue(gateScale),
    };
}
