using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Writing;
using TinT.Literal;
using TinT.Literal.Execution;
using TinT.Model;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Reports.Files;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Simulates a batch from a file and writes what came out.</summary>
internal static class RunJob
{
    /// <summary>Sequences that are not finite and told one by one.</summary>
    private const int MostTold = 8;

    /// <summary>Runs the job.</summary>
    /// <returns>The exit code: 1 if a result is not finite, unless that is allowed.</returns>
    /// <exception cref="UsageException">The spec cannot be read, or an option does not fit it.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint or a batch file cannot be read or written.</exception>
    /// <exception cref="SimulationInputException">The batch does not fit the model.</exception>
    /// <exception cref="DeviceException">The device is not there or refuses the work.</exception>
    /// <exception cref="ReportException">The summary cannot be written.</exception>
    public static int Run(CommandContext context, RunRequest request)
    {
        SpecFile spec = request.Simulator.ReadSpec();
        using ChosenDevice device = request.Simulator.OpenDevice(context);
        SimulatorFactory model = device.Compile(spec, context.CancellationToken);
        RunOptions options = new()
        {
            LearningRate = request.Sweep.LearningRates is [double learningRate] ? learningRate : null,
            Steps = request.Sweep.Steps is [int steps] ? steps : null,
            TrainedLayers = request.Sweep.Layers is [int layers] ? layers : null,
            WeightUpdates = request.WeightUpdates,
            CancellationToken = context.CancellationToken,
        };
        TrainingOverrides.Check(request.Sweep, model.Description.Training);
        SimulationBatch batch = BatchFile.Read(request.Input);
        SimulationInput.Check(batch, options, model.Description);

        RunOutcome outcome = request switch
        {
            { Literal: true } => RunLiteral(context, spec, batch, options, request),
            { DoublePrecision: true } => RunPlain(context, model.Description, batch, options, request),
            _ => RunCompiled(context, model, batch, options, request),
        };
        context.CancellationToken.ThrowIfCancellationRequested();
        WriteTensors(context, request.Output, outcome);
        context.WriteReport(request.JsonPath, stream => RunJson.Write(stream, request, options, model.Description, batch, outcome));
        return Judge(context, request, outcome.NonFinite);
    }

    private static void WriteTensors(CommandContext context, string path, RunOutcome outcome)
    {
        if (NamedFile.IsStandardOutput(path))
        {
            context.Console.WriteReport(stream => SafetensorsWriter.Write(stream, outcome.Tensors, outcome.Metadata));
            return;
        }

        SafetensorsWriter.Write(path, outcome.Tensors, outcome.Metadata);
        context.Console.WriteLine(path);
    }

    /// <summary>Says which sequences are not finite, and whether that is a failure.</summary>
    private static int Judge(CommandContext context, RunRequest request, IReadOnlyList<NonFiniteValue> values)
    {
        string severity = request.AllowNonFinite ? "warning" : "error";
        foreach (NonFiniteValue value in values.Take(MostTold))
            context.Console.WriteErrorLine($"{severity}: {value}.");
        if (values.Count > MostTold)
            context.Console.WriteErrorLine(FormattableString.Invariant($"{severity}: {values.Count - MostTold} more sequences are not finite."));
        if (values.Count == 0 || request.AllowNonFinite)
            return ExitCode.Done;
        context.Console.WriteErrorLine(
            "The results are written all the same. Use a lower learning rate or other masks, or --allow-non-finite for exit code 0.");
        return ExitCode.Failed;
    }

    private static RunOutcome RunCompiled(CommandContext context, SimulatorFactory model, SimulationBatch batch, RunOptions options, RunRequest request)
    {
        using ISimulator simulator = context.Load(model, request.Simulator.Checkpoint!, request.Simulator.Options);
        return RunOutcome.Of(simulator.Run(batch, options));
    }

    private static RunOutcome RunPlain(CommandContext context, SimulatorDescription description, SimulationBatch batch, RunOptions options, RunRequest request)
    {
        AuxiliaryModel<double> weights = ReadDoubles(context, description, batch, request);
        return RunOutcome.Of(new PlainTint<double>(weights, description, threadCount: request.Simulator.Threads).Run(batch, options));
    }

    private static RunOutcome RunLiteral(CommandContext context, SpecFile spec, SimulationBatch batch, RunOptions options, RunRequest request)
    {
        LayerGraph graph = spec.Construction;
        AuxiliaryModel<double> weights = ReadDoubles(context, SimulatorDescriptions.Of(graph.Spec), batch, request);
        LiteralTint<double> literal = request.GateScale is { } scale
            ? new LiteralTint<double>(graph, weights, GateFunction.Tanh, scale, request.Simulator.Threads)
            : new LiteralTint<double>(graph, weights, threadCount: request.Simulator.Threads);
        return RunOutcome.Of(literal.Run(batch, options));
    }

    /// <summary>Weights for a run in double precision, whose logits have to fit into one array.</summary>
    private static AuxiliaryModel<double> ReadDoubles(CommandContext context, SimulatorDescription description, SimulationBatch batch, RunRequest request)
    {
        long logits = (long)batch.BatchSize * batch.TokenCount * description.Auxiliary.VocabularySize;
        if (logits > Array.MaxLength)
        {
            throw new SimulationInputException(FormattableString.Invariant(
                $"{request.Input}: {batch.BatchSize} sequences of {batch.TokenCount} tokens have {logits} logits, more than one array holds; run fewer sequences at once."));
        }

        return context.Read<double>(request.Simulator.Checkpoint!, description.Auxiliary);
    }
}
