using System.Globalization;
using TinT.Agreement.Comparison;
using TinT.Agreement.Reports;
using TinT.Agreement.Scaling;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;
using TinT.Cli.Simulators;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Model;
using TinT.Reference.Weights;
using TinT.Reports.Files;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Compares everything that computes TinT, and TinT with exact SGD.</summary>
internal static class VerifyJob
{
    private const int MostDefaultTokens = 64;

    /// <summary>Weights of the largest model whose literal construction is quick enough to be run twice and on two sequences: some seconds.</summary>
    private const long MostQuickWeights = 10_000_000;

    /// <summary>Runs the job.</summary>
    /// <returns>The exit code: 1 if a tolerance is broken.</returns>
    /// <exception cref="UsageException">The spec cannot be read, or an option does not fit it.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read or does not fit the model.</exception>
    /// <exception cref="CorpusException">A text cannot be read or is too short.</exception>
    /// <exception cref="DeviceException">The device is not there or refuses the work.</exception>
    /// <exception cref="ReportException">A report cannot be written.</exception>
    public static int Run(CommandContext context, VerifyRequest request)
    {
        SpecFile file = request.Simulator.ReadSpec();
        if (request.IsSmall)
            file = SpecFile.FromText(request.Simulator.Spec, SpecWriter.Write(SmallScale.Of(file.Model.Spec)));
        CompiledModel compiled = file.Model;
        ModelSpec spec = compiled.Spec;
        CheckMemory(spec, request.Simulator.Weights);
        using ChosenDevice device = request.Simulator.OpenDevice(context);
        SimulatorFactory factory = SimulatorCompiler.Compile(file, context.CancellationToken);
        using CheckpointSource checkpoint = CheckpointSource.Of(request.Simulator.Checkpoint, factory.Description.Auxiliary, request.Seed);
        SimulationBatch batch = MakeBatch(context, request, factory.Description.Auxiliary, sequences: IsQuick(spec) ? 2 : 1);
        using ISimulator? gpu = device.Gpu is null ? null : context.Load(device.Compile(file, context.CancellationToken), checkpoint.Directory, null);
        AgreementReport report = Compare(context, request, compiled, factory, checkpoint.Directory, batch, gpu);

        string subject = Subject(request, spec, batch);
        if (device.Gpu is not null)
            subject += FormattableString.Invariant($"; GPU simulator on {device.Gpu.Description.Name} ({device.Gpu.Description.Kind})");
        context.WriteReport(request.JsonPath, stream => AgreementJson.Write(stream, report));
        context.WriteReport(request.HtmlPath, stream => AgreementPage.Create(report, subject).Write(stream));
        context.Console.WriteLine(subject);
        context.Console.WriteLine();
        context.Console.Write(AgreementTables.Comparisons(report));
        context.Console.WriteLine();
        if (report.Storage is { } storage)
        {
            context.Console.Write(StorageTable.Create(storage));
            context.Console.WriteLine();
        }

        context.Console.Write(AgreementTables.Costs(report));
        context.Console.WriteLine();
        context.Console.Write(AgreementTables.Grid(report, "TinT as written, layer by layer: cosine", closeness => AgreementTables.Cosine(closeness.Cosine)));
        context.Console.WriteLine();
        context.Console.Write(
            AgreementTables.Grid(report, "TinT as written, layer by layer: |TinT| / |SGD|", closeness => AgreementTables.Ratio(closeness.RelativeNorm)));
        foreach ((string engine, NonFiniteValue value) in report.NonFinite)
            context.Console.WriteErrorLine($"error: {engine}: {value}.");
        if (report.Holds && report.NonFinite.Count == 0)
            return ExitCode.Done;
        if (report.Holds)
            return ExitCode.Failed;
        context.Console.WriteErrorLine("error: a tolerance is broken; the tables show where.");
        return ExitCode.Failed;
    }

    private static AgreementReport Compare(
        CommandContext context, VerifyRequest request, CompiledModel compiledModel, SimulatorFactory factory, string checkpoint, SimulationBatch batch, ISimulator? gpu)
    {
        AgreementOptions options = new()
        {
            LearningRate = request.Sweep.LearningRates is [double learningRate] ? learningRate : null,
            Literal = request.Literal && !compiledModel.Spec.Training.IsExact,
            SoftGates = IsQuick(compiledModel.Spec),
            Gpu = gpu,
            Threads = request.Simulator.Threads,
            Progress = request.IsSmall ? null : new StepLines(context.Console),
            CancellationToken = context.CancellationToken,
        };
        using CheckpointSource? rounded = request.Simulator.Weights == WeightStorage.SinglePrecision
            ? null
            : CheckpointSource.Rounded(checkpoint, factory.Description.Auxiliary, request.Simulator.Weights);
        using ISimulator? narrow = rounded is null ? null : context.Load(factory, checkpoint, request.Simulator.Options);
        using ISimulator? onRounded = rounded is null
            ? null
            : context.Load(factory, rounded.Directory, new SimulatorOptions { Threads = request.Simulator.Threads });
        if (narrow is not null && onRounded is not null)
            options = options with { Narrow = new NarrowSimulators(request.Simulator.Weights, narrow, onRounded) };
        AuxiliaryModel<double> model = context.Read<double>(checkpoint, factory.Description.Auxiliary);
        using ISimulator compiled = context.Load(factory, checkpoint, new SimulatorOptions { Threads = request.Simulator.Threads });
        return AgreementCheck.Run(compiledModel.Graph, compiled, model, batch, options);
    }

    private static bool IsQuick(ModelSpec spec) => spec.Auxiliary.ParameterCount <= MostQuickWeights;

    /// <summary>Sequences whose first part trains: one of a text, or random ones, several so that a batch is checked too.</summary>
    private static SimulationBatch MakeBatch(CommandContext context, VerifyRequest request, AuxiliaryDescription auxiliary, int sequences)
    {
        int count = request.Tokens ?? Math.Min(MostDefaultTokens, auxiliary.MaxPositionEmbeddings);
        if (count > auxiliary.MaxPositionEmbeddings)
            throw new UsageException(FormattableString.Invariant($"--tokens is {count}, but the context is {auxiliary.MaxPositionEmbeddings} tokens{(request.IsSmall ? " at small scale" : "")}; choose fewer."));
        double fraction = request.Sweep.TrainFractions.Single();
        int training = (int)Math.Round(fraction * count);
        if (!(fraction is > 0 and < 1) || training < 1 || training >= count)
            throw new UsageException(
                FormattableString.Invariant($"--train-fraction {fraction} of {count} tokens leaves none to train on or none to score; choose another part."));

        int[] sequence = [.. request.Texts.Count > 0 ? ReadTokens(context, request, auxiliary, count) : []];
        int[] ids = sequence;
        if (sequence.Length == 0)
        {
            Random random = new(request.Seed);
            ids = [.. Enumerable.Range(0, sequences * count).Select(_ => random.Next(auxiliary.VocabularySize))];
        }

        return new SimulationBatch(ids.Length / count, count, ids, [.. ids.Select((_, index) => index % count < training ? 1f : 0f)]);
    }

    private static ReadOnlySpan<int> ReadTokens(CommandContext context, VerifyRequest request, AuxiliaryDescription auxiliary, int count)
    {
        ITokenizer tokenizer = TokenizerChoice.Load(request.Tokenizer, request.Simulator.Checkpoint!, auxiliary, request.SpecialTokens);
        return CorpusReader.Read(request.Texts, tokenizer, new CorpusOptions(count) { MaxBlocks = 1 }, context.CancellationToken).GetBlock(0);
    }

    /// <summary>Weights, updated copies, and the changes of two engines at a time, in double precision; with 16 bits those of two simulators more.</summary>
    private static void CheckMemory(ModelSpec spec, WeightStorage weights)
    {
        (int bytesPerWeight, int bytesPerTrainedWeight) = weights == WeightStorage.SinglePrecision ? (12, 64) : (18, 96);
        AuxiliarySpec auxiliary = spec.Auxiliary;
        long width = auxiliary.HiddenSize;
        long trained = spec.Training.Layers * (4 + (2L * auxiliary.FeedForwardBlocks)) * width * width;
        long needed = (bytesPerWeight * auxiliary.ParameterCount) + (bytesPerTrainedWeight * trained);
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available)
            throw new UsageException(FormattableString.Invariant($"Comparing {spec.Model} at full size takes about {needed >> 30} GiB, but there are {available >> 30} GiB; use --scale small, or train fewer layers."));
    }

    private static string Subject(VerifyRequest request, ModelSpec spec, SimulationBatch batch)
    {
        string size = request.IsSmall ? "scaled down" : "full size";
        string weights = request.Simulator.Checkpoint is null
            ? FormattableString.Invariant($"random weights (seed {request.Seed})")
            : "the checkpoint's weights";
        string tokens = request.Texts.Count > 0 ? "tokens of the text" : "random tokens";
        int training = batch.TrainingMask.Count(mask => mask != 0) / batch.BatchSize;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{SpecSummary.Of(spec)} – {size}, {weights}; {batch.BatchSize} × {batch.TokenCount} {tokens}, the first {training} train");
    }
}
