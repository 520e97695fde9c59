using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Writing;
using TinT.Literal;
using TinT.Literal.Execution;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference;
using TinT.Reference.Exact;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Agreement.Comparison;

/// <summary>
/// Runs one batch through everything that computes TinT – the compiled simulator, on request that for GPUs as well, the literal construction, the plain equations – and
/// through exact SGD, which TinT approximates, and measures how far they are from each other.
/// </summary>
public sealed class AgreementCheck
{
    /// <summary>Names in comparisons.</summary>
    private const string Compiled =
        "compiled, float32", Gpu = "compiled for GPUs, float32", Literal = "literal, float64", Plain = "plain equations, float64", Exact = "exact SGD, float64";

    private readonly LayerGraph graph;
    private readonly SimulatorDescription description;
    private readonly AuxiliaryModel<double> model;
    private readonly AgreementOptions options;
    private readonly InnerTraining training;
    private readonly RunOptions run;
    private readonly SimulationBatch batch;
    private readonly List<(string Engine, NonFiniteValue Value)> nonFinite = [];

    private AgreementCheck(LayerGraph graph, AuxiliaryModel<double> model, SimulationBatch batch, AgreementOptions options)
    {
        this.graph = graph;
        this.model = model;
        this.batch = batch;
        this.options = options;
        description = SimulatorDescriptions.Of(graph.Spec);
        run = new RunOptions { LearningRate = options.LearningRate, WeightUpdates = true, CancellationToken = options.CancellationToken };
        training = SimulationInput.Check(batch, run, description);
    }

    /// <summary>Runs the check.</summary>
    /// <param name="graph">The graph of the spec.</param>
    /// <param name="compiled">The compiled simulator with the model's weights.</param>
    /// <param name="model">The weights.</param>
    /// <param name="batch">The input.</param>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <exception cref="SimulationInputException">The batch does not fit the model.</exception>
    /// <exception cref="ArgumentException">The compiled simulator or the model is not one of the spec.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static AgreementReport Run(
        LayerGraph graph, ISimulator compiled, AuxiliaryModel<double> model, SimulationBatch batch, AgreementOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(compiled);
        AgreementCheck check = new(graph, model, batch, options ?? new AgreementOptions());
        check.RefuseOther(compiled, nameof(compiled));
        if (options?.Gpu is { } gpu)
            check.RefuseOther(gpu, nameof(options));
        if (options?.Narrow is { } narrow)
        {
            check.RefuseOther(narrow.Narrow, nameof(options));
            check.RefuseOther(narrow.OnRounded, nameof(options));
        }

        return check.Run(compiled);
    }

    private void RefuseOther(ISimulator simulator, string parameter)
    {
        if (simulator.Description != description)
            throw new ArgumentException($"The compiled simulator is {simulator.Description}, but the spec is {description}.", parameter);
    }

    private AgreementReport Run(ISimulator compiled)
    {
        Tell("the compiled simulator");
        ReferenceResult<double> fast = Search(Compiled, WideResult.Of(compiled.Run(batch, run)));
        Tell("the plain equations in double precision");
        ReferenceResult<double> plain = Search(Plain, RunPlain(PlainTintOptions.AsWritten));
        Rounding single = Rounding.OfSingles;
        List<EngineComparison> comparisons = [Compare(Compiled, fast, Plain, plain, single)];
        if (options.Gpu is { } gpu)
        {
            Tell("the compiled simulator on the GPU");
            ReferenceResult<double> onGpu = Search(Gpu, WideResult.Of(gpu.Run(batch, run)));
            comparisons.Add(Compare(Gpu, onGpu, Plain, plain, Rounding.OfGpus));
            comparisons.Add(Compare(Gpu, onGpu, Compiled, fast, Rounding.OfGpus));
        }

        StorageEffect? storage = options.Narrow is { } narrow ? CompareStorage(narrow, fast, comparisons) : null;
        double? softGates = null;
        if (options.Literal)
        {
            Tell("the literal construction");
            ReferenceResult<double> literal = Search(Literal, RunLiteral(GateFunction.Hard, run));
            comparisons.Add(Compare(Compiled, fast, Literal, literal, single));
            comparisons.Add(Compare(Literal, literal, Plain, plain, Rounding.OfDoubles(description.Training.TaylorScale)));
            if (options.SoftGates)
            {
                Tell("the literal construction with tanh gates");
                ReferenceResult<double> soft = RunLiteral(GateFunction.Tanh, run with { WeightUpdates = false });
                softGates = Closeness.OfChanges(soft.LogitsAfter, literal.LogitsAfter, literal.LogitsBefore).Distance;
            }
        }

        Tell("exact SGD");
        ReferenceResult<double> exact = Search(Exact, RunExact(ParameterSubset.TintSubset, run));
        IReadOnlyList<TensorChanges> exactChanges = TensorChanges.Of(exact, model.Description);
        List<ApproximationCost> costs = [];
        foreach (Approximation approximation in Approximation.All)
        {
            Tell($"TinT against exact SGD: {approximation.Name}");
            ReferenceResult<double> tint = approximation.Options == PlainTintOptions.AsWritten ? plain : RunPlain(approximation.Options);
            costs.Add(Cost(approximation, tint, exact, exactChanges));
        }

        Tell("exact SGD on whole layers");
        ReferenceResult<double> blocks = RunExact(ParameterSubset.TopBlocks, run with { WeightUpdates = false });
        string whyNotExact = WhyNotExact();
        return new AgreementReport(
            description,
            training.LearningRate,
            batch,
            comparisons,
            softGates,
            costs,
            Closeness.OfChanges(plain.LogitsAfter, blocks.LogitsAfter, blocks.LogitsBefore),
            whyNotExact.Length == 0 ? new Measure(costs[^1].Weights.Distance, Rounding.OfDoubles(taylorScale: 1).WeightUpdate) : null,
            whyNotExact)
        {
            Storage = storage,
            NonFinite = nonFinite,
        };
    }

    /// <summary>Adds the comparison of 16 bits with the rounded weights, which differ by no more than rounding if at all, and tells what the rounding of weights does.</summary>
    private StorageEffect CompareStorage(NarrowSimulators simulators, ReferenceResult<double> single, List<EngineComparison> comparisons)
    {
        string type = simulators.Storage.TypeName();
        Tell($"the compiled simulator with weights in {type}");
        ReferenceResult<double> narrow = Search($"compiled, weights in {type}", WideResult.Of(simulators.Narrow.Run(batch, run)));
        Tell("the compiled simulator with rounded weights");
        ReferenceResult<double> rounded = WideResult.Of(simulators.OnRounded.Run(batch, run));
        comparisons.Add(Compare($"compiled, weights in {type}", narrow, "compiled, float32, rounded weights", rounded, Rounding.OfSingles));
        return StorageEffect.Of(simulators.Storage, narrow, single, model.Description);
    }

    /// <summary>Why TinT need not be exact SGD when all its approximations are exact; empty if it must.</summary>
    private string WhyNotExact()
    {
        TrainingDescription settings = description.Training;
        if (settings.Loss != "softmax")
            return $"loss: {settings.Loss} is not the loss that exact SGD descends.";
        if (settings.LayerNorm == "full")
            return "layer_norm: full trains gain matrices, exact SGD the vectors they are in the checkpoint.";
        if (settings.Compatibility == "authors")
            return "compatibility: authors keeps a gradient row that the loss does not have.";
        for (int token = 0; token < batch.TrainingMask.Length - 1; token++)
        {
            if (batch.TrainingMask[token] == 0 && batch.TrainingMask[token + 1] != 0 && (token + 1) % batch.TokenCount != 0)
                return "the training tokens are not the first ones, and TinT drops the gradients that reach tokens between them.";
        }

        return "";
    }

    private ApproximationCost Cost(
        Approximation approximation, ReferenceResult<double> tint, ReferenceResult<double> exact, IReadOnlyList<TensorChanges> exactChanges)
    {
        Dictionary<(ParameterKind Kind, int Layer), Closeness> tensors = [];
        foreach ((TensorChanges ours, TensorChanges theirs) in TensorChanges.Of(tint, model.Description).Zip(exactChanges))
        {
            foreach ((ParameterKind Kind, int Layer) tensor in theirs.Tensors)
                tensors[tensor] = tensors.GetValueOrDefault(tensor) + Closeness.Of(ours.Of(tensor), theirs.Of(tensor));
        }

        // A fused checkpoint tensor holds parts that are not trained; they do not change.
        ParameterCloseness[] parameters =
        [
            .. tensors.Where(tensor => tensor.Value is not { TheirSquares: 0, OurSquares: 0 })
                .OrderBy(tensor => tensor.Key.Layer < 0)
                .ThenBy(tensor => tensor.Key.Layer)
                .ThenBy(tensor => tensor.Key.Kind)
                .Select(tensor => new ParameterCloseness(tensor.Key.Kind, tensor.Key.Layer, tensor.Value)),
        ];
        return new ApproximationCost(
            approximation,
            tensors.Values.Aggregate(default(Closeness), (sum, tensor) => sum + tensor),
            Closeness.OfChanges(tint.LogitsAfter, exact.LogitsAfter, exact.LogitsBefore),
            parameters);
    }

    private EngineComparison Compare(string ours, ReferenceResult<double> our, string theirs, ReferenceResult<double> their, Rounding rounding) =>
        EngineComparison.Of(ours, our, theirs, their, model, training.Steps, rounding);

    private ReferenceResult<double> RunPlain(PlainTintOptions approximations) =>
        new PlainTint<double>(model, description, approximations, options.Threads).Run(batch, run);

    private ReferenceResult<double> RunLiteral(GateFunction gates, RunOptions what) =>
        new LiteralTint<double>(graph, model, gates, threadCount: options.Threads).Run(batch, what);

    private ReferenceResult<double> RunExact(ParameterSubset subset, RunOptions what) =>
        new ExactFineTuning<double>(model, description, subset, options.Threads).Run(batch, what);

    /// <summary>Keeps what is not finite in a result, and gives the result back.</summary>
    private ReferenceResult<double> Search(string engine, ReferenceResult<double> result)
    {
        nonFinite.AddRange(result.FindNonFinite().Select(value => (engine, value)));
        return result;
    }

    private void Tell(string next)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        options.Progress?.Report(next);
    }
}
