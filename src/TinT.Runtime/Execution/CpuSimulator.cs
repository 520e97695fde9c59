using TinT.Runtime.Cpu;
using TinT.Runtime.Parameters;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>What generated CPU simulators share: weights, working memory, threads and the loop over a batch.</summary>
/// <remarks>
/// The arena is laid out for the tokens of the run and grows once for the longest sequence seen; a run allocates its
/// results only. Sequences of a batch run one after another and share weights and arena.
/// </remarks>
public abstract class CpuSimulator : ISimulator
{
    private readonly ArenaPlan plan;
    private readonly SequenceRun run;
    private NativeBuffer arena;
    private NativeBuffer mask;
    private int tokens;
    private bool disposed;

    /// <summary>Creates a simulator over loaded weights, which it owns from then on.</summary>
    /// <param name="description">What is simulated.</param>
    /// <param name="plan">Working memory.</param>
    /// <param name="parameters">Weights in the compiled layout.</param>
    /// <param name="options">Threads; <see langword="null"/> for the defaults.</param>
    protected CpuSimulator(SimulatorDescription description, ArenaPlan plan, ParameterStore parameters, SimulatorOptions? options)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(parameters);
        Description = description;
        this.plan = plan;
        run = new SequenceRun(lastRowTrains: description.Training.Compatibility == "authors");
        Parameters = parameters;
        Updated = new NativeBuffer(parameters.Table.UpdatedLength);
        arena = new NativeBuffer(0);
        mask = new NativeBuffer(0);
        Workers = new Workers((options ?? new SimulatorOptions()).Threads);
    }

    /// <inheritdoc/>
    public SimulatorDescription Description { get; }

    /// <summary>Native memory that the simulator holds: all of it but the results of runs.</summary>
    public MemoryUse MemoryUse => new(
        Bytes(Parameters.Weights.Length), Bytes(Updated.Length), Bytes(arena.Length), Bytes(mask.Length), Bytes(Workers.ScratchLength));

    /// <summary>Weights as loaded.</summary>
    protected ParameterStore Parameters { get; }

    /// <summary>Weights written by the inner steps of the current sequence.</summary>
    protected NativeBuffer Updated { get; }

    /// <summary>Threads that share each kernel's work.</summary>
    protected Workers Workers { get; }

    /// <summary>Block of logits that the head works in, [head rows, vocabulary].</summary>
    protected MatrixView HeadBlock =>
        arena.Matrix(plan.ColumnsPerToken * ArenaPlan.RoundUp(tokens), plan.HeadRows, plan.HeadColumns);

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed of.</exception>
    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentNullException.ThrowIfNull(batch);
        options ??= new RunOptions();
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        Reserve(batch.TokenCount);

        int vocabulary = Description.Auxiliary.VocabularySize;
        int rows = batch.BatchSize * batch.TokenCount;
        float[]? logitsBefore = options.Logits ? AllocateLogits(rows, vocabulary) : null;
        float[]? logitsAfter = options.Logits ? AllocateLogits(rows, vocabulary) : null;
        var lossesBefore = new float[rows];
        var lossesAfter = new float[rows];
        IReadOnlyList<WeightUpdate>[] updates = options.WeightUpdates ? new IReadOnlyList<WeightUpdate>[batch.BatchSize] : [];
        run.CancellationToken = options.CancellationToken;
        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
        {
            run.Begin(batch, sequence, training);
            run.AttentionMask = CopyMask(batch, sequence);
            run.LogitsBefore = SequenceOf(logitsBefore, sequence, vocabulary);
            run.LogitsAfter = SequenceOf(logitsAfter, sequence, vocabulary);
            run.LossesBefore = SequenceOf(lossesBefore, sequence, 1);
            run.LossesAfter = SequenceOf(lossesAfter, sequence, 1);
            RunSequence(run);
            if (options.WeightUpdates)
                updates[sequence] = run.TrainingRows > 0 ? Parameters.Updates(Updated, training.Layers) : [];
        }

        return new SimulationResult
        {
            BatchSize = batch.BatchSize,
            TokenCount = tokens,
            VocabularySize = vocabulary,
            LogitsBefore = logitsBefore,
            LogitsAfter = logitsAfter,
            TokenLossesBefore = lossesBefore,
            TokenLossesAfter = lossesAfter,
            LossesBefore = SequenceLosses.Mean<float>(batch, lossesBefore),
            LossesAfter = SequenceLosses.Mean<float>(batch, lossesAfter),
            WeightUpdates = updates,
        };
    }

    /// <summary>Frees weights and working memory and ends the threads.</summary>
    public void Dispose()
    {
        Workers.Dispose();
        disposed = true;
        arena.Dispose();
        mask.Dispose();
        Updated.Dispose();
        Parameters.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The generated passes over one sequence.</summary>
    protected abstract void RunSequence(SequenceRun run);

    /// <summary>A buffer with one row per token.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    /// <param name="columns">Floats per token.</param>
    protected MatrixView TokenMatrix(long column, int columns) => arena.Matrix(column * ArenaPlan.RoundUp(tokens), tokens, columns);

    /// <summary>A buffer with one float per token.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    protected VectorView TokenVector(long column) => arena.Vector(column * ArenaPlan.RoundUp(tokens), tokens);

    /// <summary>A buffer with one row per row of the backward pass, <see cref="SequenceRun.TrainingRows"/>.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    /// <param name="columns">Floats per row.</param>
    protected MatrixView TrainingMatrix(long column, int columns) => TokenMatrix(column, columns).RowRange(0, run.TrainingRows);

    /// <summary>Rows of a buffer that the backward pass covers.</summary>
    /// <param name="buffer">[T, columns].</param>
    protected MatrixView Trained(MatrixView buffer) => buffer.RowRange(run.FirstTrainingRow, run.TrainingRows);

    /// <summary>Elements of a buffer that the backward pass covers.</summary>
    /// <param name="buffer">[T].</param>
    protected VectorView Trained(VectorView buffer) => buffer.Slice(run.FirstTrainingRow, run.TrainingRows);

    private Memory<float> SequenceOf(float[]? values, int sequence, int columns) =>
        values is null ? default : values.AsMemory(sequence * tokens * columns, tokens * columns);

    private void Reserve(int tokenCount)
    {
        tokens = tokenCount;
        Grow(ref arena, plan.Length(tokenCount));
    }

    private AttentionMask CopyMask(SimulationBatch batch, int sequence)
    {
        if (batch.IclMask is not { } allowed)
            return AttentionMask.None;
        Grow(ref mask, (long)tokens * tokens);
        MatrixView view = mask.Matrix(0, tokens, tokens);
        for (int row = 0; row < tokens; row++)
            allowed.AsSpan((((sequence * tokens) + row) * tokens), tokens).CopyTo(view.Row(row));
        return new AttentionMask(view);
    }

    private static long Bytes(long floats) => floats * sizeof(float);

    private static void Grow(ref NativeBuffer buffer, long length)
    {
        if (length <= buffer.Length)
            return;
        buffer.Dispose();
        buffer = new NativeBuffer(length);
    }

    private static float[] AllocateLogits(int rows, int vocabulary)
    {
        long length = (long)rows * vocabulary;
        if (length > Array.MaxLength)
        {
            throw new SimulationInputException(FormattableString.Invariant(
                $"Logits of {rows} tokens over {vocabulary} ids are more than one array holds; set RunOptions.Logits to false or run fewer sequences at once."));
        }

        return GC.AllocateUninitializedArray<float>((int)length);
    }
}
