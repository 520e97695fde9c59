using System.Numerics;
using System.Numerics.Tensors;
using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Writing;
using TinT.Literal.Parameters;
using TinT.Literal.Schedule;
using TinT.Literal.Simulator;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Formulas;
using TinT.Runtime.Simulation;

namespace TinT.Literal.Execution;

/// <summary>The literal simulator: the transformer that the compiler folds away, built of real parameters and run as it stands.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>An instance is not safe for concurrent calls.</remarks>
public sealed class LiteralTint<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly LayerGraph graph;
    private readonly AuxiliaryModel<T> model;
    private readonly GateFunction gates;
    private readonly double gateScale;
    private readonly Workers workers;
    private readonly MatrixProducts<T> products;

    /// <summary>Creates a simulator.</summary>
    /// <param name="graph">The graph that the compiler would lower.</param>
    /// <param name="model">The auxiliary weights; not changed.</param>
    /// <param name="gates">Kind of gates.</param>
    /// <param name="gateScale">Argument of an open gate.</param>
    /// <param name="threadCount">Threads that share the work; results do not depend on it.</param>
    /// <exception cref="ArgumentException">The model's shape is not that of the graph, or gradients are exact, which the construction cannot make.</exception>
    public LiteralTint(
        LayerGraph graph,
        AuxiliaryModel<T> model,
        GateFunction gates = GateFunction.Hard,
        double gateScale = ConstructionSettings.AuthorsGateScale,
        int threadCount = 1)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(model);
        this.graph = graph;
        this.model = model;
        this.gates = gates;
        this.gateScale = gateScale;
        workers = new Workers(threadCount);
        products = new MatrixProducts<T>(workers);
        Description = SimulatorDescriptions.Of(graph.Spec);
        if (Description.Training.IsExact)
            throw new ArgumentException("With 'method: exact' there is no construction.", nameof(graph));
        if (model.Description != Description.Auxiliary)
            throw new ArgumentException($"The model has the shape {model.Description}, but {Description.Auxiliary} is to be simulated.", nameof(model));
        Layout = new LiteralLayout(graph, null, gateScale);
        Parameters = new ParameterValues<T>(Layout.ModuleParameters);
    }

    /// <summary>What is simulated.</summary>
    public SimulatorDescription Description { get; }

    /// <summary>The simulator's blocks with the learning rate of the spec.</summary>
    public LiteralLayout Layout { get; }

    /// <summary>
    /// The parameters of the blocks. One that is asked for here has values of its own from then on, and changes to them change what is
    /// computed with the spec's learning rate; for the others a run allocates one set of values for all blocks of a kind.
    /// </summary>
    public ParameterValues<T> Parameters { get; }

    /// <summary>Runs a batch.</summary>
    /// <param name="batch">Token ids and masks.</param>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public ReferenceResult<T> Run(SimulationBatch batch, RunOptions? options = null)
    {
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        options ??= new RunOptions();
        ReferenceResultRecorder<T> recorder = new(batch, options, Description.Auxiliary.VocabularySize, workers);
        LiteralLayout layout = Layout;
        BlockParameters<T> parameters = new(Parameters);
        if (training.LearningRate != Description.Training.LearningRate)
        {
            layout = new LiteralLayout(graph, training.LearningRate, gateScale);
            parameters = new BlockParameters<T>(null);
        }

        IReadOnlyList<RunStep> schedule = LiteralSchedule.Of(layout, training.Layers, training.Steps);
        for (int index = 0; index < batch.BatchSize; index++)
        {
            Sequence<T> sequence = new(batch, index);
            PrefixMatrices<T> prefixes = new(layout, model);
            LiteralRun<T> run = new(layout.Construction, sequence.IsTraining, sequence.MayAttend, gates, workers, sequence.Positions);
            LiteralPass<T> pass = new(layout.Construction, run, parameters, prefixes);
            RunSequence(schedule, pass, sequence, index, recorder, options.CancellationToken);
            if (options.WeightUpdates)
            {
                ParameterSelection selection = new(ParameterSubset.TintSubset, Description, training.Layers);
                recorder.RecordUpdates(CheckpointConversion<T>.Updates(prefixes.ToModel(before: true), prefixes.ToModel(before: false), selection));
            }
        }

        return recorder.Finish();
    }

    private void RunSequence(
        IReadOnlyList<RunStep> schedule,
        LiteralPass<T> pass,
        Sequence<T> sequence,
        int index,
        ReferenceResultRecorder<T> recorder,
        CancellationToken cancellation)
    {
        int lastStep = schedule.OfType<HeadStep>().Last().Step;
        LossGradient<T> loss = new(Description.Training.Loss, Description.Training.Compatibility == "authors", workers);
        Matrix<T> logits = new(sequence.Length, Description.Auxiliary.VocabularySize);
        foreach (RunStep step in schedule)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (step)
            {
                case EmbeddingStep embedding:
                    pass[embedding.Output] = Embed(sequence);
                    break;
                case CopyStep copy:
                    pass[copy.Output] = pass[copy.Input];
                    break;
                case SumStep sum:
                    pass.Run(sum);
                    break;
                case ProjectionStep projection:
                    pass[projection.Output] = Project(projection, pass[projection.Input]);
                    break;
                case HeadStep output:
                    products.ByTransposed(pass[output.Input], HeadWeight, ValuesOrNone(ParameterKind.HeadBias), logits);
                    if (Description.Auxiliary.LogitCap is { } cap)
                        CapOperation.Apply(logits.AsSpan(), T.CreateChecked(cap), logits.AsSpan());
                    if (output.Step == 0)
                        recorder.RecordBefore(index, logits);
                    if (output.Step == lastStep)
                        recorder.RecordAfter(index, logits);
                    break;
                case LossGradientStep seed:
                    Matrix<T> gradient = new(sequence.Length, Description.Auxiliary.EmbeddingSize);
                    Matrix<T> ofLogits = new(logits.Rows, logits.Columns);
                    loss.Compute(sequence, logits, ofLogits);
                    if (Description.Auxiliary.LogitCap is { } bound)
                        CapOperation.Differentiate(logits.AsSpan(), T.CreateChecked(bound), ofLogits.AsSpan());
                    products.By(ofLogits, HeadWeight, gradient);
                    pass[seed.Output] = gradient;
                    break;
                case ModuleCall call:
                    pass.Run(call);
                    break;
            }
        }
    }

    private Matrix<T> HeadWeight => model.Matrix(model.Description.HeadKind(), -1);

    /// <summary>The hidden state below the blocks, [T, D]: token embedding, mapped to D where it is not as wide, plus position embedding, normalized where the model has that.</summary>
    private Matrix<T> Embed(Sequence<T> sequence)
    {
        AuxiliaryDescription auxiliary = Description.Auxiliary;
        Matrix<T> hidden = new(sequence.Length, auxiliary.EmbeddingSize);
        T scale = T.CreateChecked(auxiliary.EmbeddingScale);
        for (int token = 0; token < sequence.Length; token++)
            TensorPrimitives.Multiply(model.TokenEmbedding.Row(sequence.TokenIds[token]), scale, hidden.Row(token));
        if (auxiliary.IsProjected)
        {
            Matrix<T> projected = new(sequence.Length, auxiliary.HiddenSize);
            products.ByTransposed(hidden, model.Matrix(ParameterKind.ProjectInWeight, -1), [], projected);
            hidden = projected;
        }

        for (int token = 0; token < sequence.Length; token++)
        {
            Span<T> row = hidden.Row(token);
            if (auxiliary.Positions == PositionKind.Learned)
                TensorPrimitives.Add(row, model.PositionEmbedding.Row(auxiliary.UnusedPositions + sequence.Positions[token]), row);
            if (!auxiliary.HasEmbeddingNorm)
                continue;
            NormFormulas.Of(auxiliary.Norm).Normalize<T>(row, auxiliary.NormEpsilon, row);
            TensorPrimitives.Multiply(row, model.Values(ParameterKind.EmbeddingNormGain, -1), row);
            if (ValuesOrNone(ParameterKind.EmbeddingNormBias) is { Length: > 0 } bias)
                TensorPrimitives.Add(row, bias, row);
        }

        return hidden;
    }

    private Matrix<T> Project(ProjectionStep step, Matrix<T> input)
    {
        Matrix<T> weight = model.Matrix(ParameterKind.ProjectOutWeight, -1);
        Matrix<T> output = new(input.Rows, step.Back ? weight.Columns : weight.Rows);
        if (step.Back)
            products.By(input, weight, output);
        else
            products.ByTransposed(input, weight, [], output);
        return output;
    }

    private T[] ValuesOrNone(ParameterKind kind) => model.Description.Has(kind) ? model.Values(kind, -1) : [];
}
