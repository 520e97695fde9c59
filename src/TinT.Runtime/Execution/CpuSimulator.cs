using TinT.Runtime.Cpu;
using TinT.Runtime.Parameters;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>What generated CPU simulators share: weights, working memory, threads and the loop over a batch.</summary>
/// <remarks>
/// In the primal form of the update the sequences of a batch run one after another and share weights, their updated copy and
/// arena. In the dual form nothing updates the weights, and as many sequences as <see cref="SimulatorOptions.TokensTogether"/> allows
/// run together. The arena is laid out for the tokens of the run and grows once for the largest seen; a run allocates its results only.
/// </remarks>
public abstract class CpuSimulator : ISimulator
{
    private readonly int tokensTogether;
    private NativeBuffer mask = new(0);
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
        options ??= new SimulatorOptions();
        Description = description;
        tokensTogether = options.TokensTogether;
        Group = new SequenceGroup(plan, lastRowTrains: description.Training.Compatibility == "authors");
        Parameters = parameters;
        Updated = new UpdatedParameters(parameters.Table);
        Workers = new Workers(options.Threads);
    }

    /// <inheritdoc/>
    public SimulatorDescription Description { get; }

    /// <summary>Native memory that the simulator holds: all of it but the results of runs.</summary>
    public MemoryUse MemoryUse => new(
        Bytes(Parameters.Weights.Length), Bytes(Updated.Copies.Length + Updated.Sequences.Length), Bytes(Group.ArenaLength), Bytes(mask.Length), Bytes(Workers.ScratchLength));

    /// <summary>Weights as loaded.</summary>
    protected ParameterStore Parameters { get; }

    /// <summary>What the inner steps of the current sequences have updated.</summary>
    protected UpdatedParameters Updated { get; }

    /// <summary>The sequences that run together, and their arena.</summary>
    protected SequenceGroup Group { get; }

    /// <summary>Threads that share each kernel's work.</summary>
    protected Workers Workers { get; }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed of.</exception>
    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentNullException.ThrowIfNull(batch);
        options ??= new RunOptions();
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        int tokens = batch.TokenCount;
        int most = Math.Min(batch.BatchSize, Group.Begin(tokens, tokensTogether, training, options.CancellationToken));
        Updated.Reserve(most, copies: !Group.Dual || options.WeightUpdates);

        int vocabulary = Description.Auxiliary.VocabularySize;
        int rows = batch.BatchSize * tokens;
        float[]? logitsBefore = options.Logits ? AllocateLogits(rows, vocabulary) : null;
        float[]? logitsAfter = options.Logits ? AllocateLogits(rows, vocabulary) : null;
        var lossesBefore = new float[rows];
        var lossesAfter = new float[rows];
        IReadOnlyList<WeightUpdate>[] updates = options.WeightUpdates ? new IReadOnlyList<WeightUpdate>[batch.BatchSize] : [];
        for (int first = 0; first < batch.BatchSize; first += most)
        {
            Group.Take(batch, first, Math.Min(most, batch.BatchSize - first));
            CopyMasks(batch);
            foreach (SequenceRun run in Group.Sequences)
            {
                run.LogitsBefore = SequenceOf(logitsBefore, run, vocabulary);
                run.LogitsAfter = SequenceOf(logitsAfter, run, vocabulary);
                run.LossesBefore = SequenceOf(lossesBefore, run, 1);
                run.LossesAfter = SequenceOf(lossesAfter, run, 1);
                run.RecordedLosses = options.Losses;
            }

            RunSequences();
            foreach (SequenceRun run in Group.Sequences)
            {
                if (options.WeightUpdates)
                    updates[run.Sequence] = run.TrainingRows > 0 ? ReadUpdates(run) : [];
            }
        }

        SequenceLosses.Keep<float>(batch, lossesBefore, options.Losses);
        SequenceLosses.Keep<float>(batch, lossesAfter, options.Losses);
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
        Group.Dispose();
        mask.Dispose();
        Updated.Dispose();
        Parameters.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The generated passes over <see cref="SequenceGroup.Sequences"/>.</summary>
    protected abstract void RunSequences();

    /// <summary>Writes the updated copy of a sequence that ran in the dual form.</summary>
    protected virtual void WriteUpdates(SequenceRun run)
    {
    }

    private IReadOnlyList<WeightUpdate> ReadUpdates(SequenceRun run)
    {
        if (Group.Dual)
            WriteUpdates(run);
        return Parameters.Updates(Updated, run.Place, Group.Training.Layers);
    }

    private static long Bytes(long floats) => floats * sizeof(float);

    private static Memory<float> SequenceOf(float[]? values, SequenceRun run, int columns) =>
        values is null ? default : values.AsMemory(run.Sequence * run.Tokens * columns, run.Tokens * columns);

    private void CopyMasks(SimulationBatch batch)
    {
        int tokens = batch.TokenCount;
        if (batch.IclMask is not null && mask.Length < (long)Group.Sequences.Length * tokens * tokens)
        {
            mask.Dispose();
            mask = new NativeBuffer((long)Group.Sequences.Length * tokens * tokens);
        }

        foreach (SequenceRun run in Group.Sequences)
        {
            run.AttentionMask = AttentionMask.None;
            if (batch.IclMask is not { } allowed)
                continue;
            MatrixView view = mask.Matrix((long)run.Place * tokens * tokens, tokens, tokens);
            for (int row = 0; row < tokens; row++)
                allowed.AsSpan(((run.Sequence * tokens) + row) * tokens, tokens).CopyTo(view.Row(row));
            run.AttentionMask = new AttentionMask(view);
        }
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
