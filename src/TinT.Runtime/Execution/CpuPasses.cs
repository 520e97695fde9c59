using System.ComponentModel;
using TinT.Runtime.Cpu;
using TinT.Runtime.Parameters;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>The generated passes over sequences that run together, and what these have beside the weights: arena, updated copies, threads.</summary>
/// <remarks>
/// In the primal form of the update sequences run one after another and share the updated copy of the weights and the arena. In the dual form nothing
/// updates the weights, and as many sequences as <see cref="SimulatorOptions.TokensTogether"/> allows run together. The arena is laid out
/// for the tokens of the run and grows once for the largest seen.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CpuPasses : IDisposable
{
    private NativeBuffer mask = new(0);

    /// <summary>Creates passes that hold nothing yet.</summary>
    /// <param name="description">What is simulated.</param>
    /// <param name="plan">Working memory.</param>
    /// <param name="parameters">Weights in the compiled layout, which others may use at the same time.</param>
    /// <param name="workers">Threads, which the passes own from then on.</param>
    protected CpuPasses(SimulatorDescription description, ArenaPlan plan, ParameterStore parameters, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(workers);
        Group = new SequenceGroup(plan, lastRowTrains: description.Training.Compatibility == "authors");
        Parameters = parameters;
        Updated = new UpdatedParameters(parameters.Table);
        Workers = workers;
    }

    /// <summary>Weights as loaded.</summary>
    protected ParameterStore Parameters { get; }

    /// <summary>What the inner steps of the current sequences have updated.</summary>
    protected UpdatedParameters Updated { get; }

    /// <summary>The sequences that run together, and their arena.</summary>
    protected SequenceGroup Group { get; }

    /// <summary>Threads that share each kernel's work.</summary>
    protected internal Workers Workers { get; }

    /// <summary>Native memory that they hold.</summary>
    internal MemoryUse MemoryUse => new(
        Weights: 0, Bytes(Updated.Copies.Length + Updated.Sequences.Length), Bytes(Group.ArenaLength), Bytes(mask.Length), Bytes(Workers.ScratchLength));

    /// <summary>Frees working memory and ends the threads.</summary>
    public void Dispose()
    {
        Workers.Dispose();
        Group.Dispose();
        mask.Dispose();
        Updated.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs sequences of a batch.</summary>
    /// <param name="batch">The batch, checked.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="sequences">How many, no more than may run together.</param>
    /// <param name="training">Inner steps, trained layers and learning rate.</param>
    /// <param name="results">Where results go.</param>
    /// <param name="cancellationToken">Asked before each layer.</param>
    internal void Run(SimulationBatch batch, int first, int sequences, InnerTraining training, ResultArrays results, CancellationToken cancellationToken)
    {
        Group.Take(batch, first, sequences, training, cancellationToken);
        Updated.Reserve(sequences, copies: !Group.Dual || results.WantsUpdates);
        CopyMasks(batch);
        foreach (SequenceRun run in Group.Sequences)
            results.Open(run);
        RunSequences();
        if (!results.WantsUpdates)
            return;
        foreach (SequenceRun run in Group.Sequences)
            results.SetUpdates(run, run.TrainingRows > 0 ? ReadUpdates(run) : []);
    }

    /// <summary>The passes over <see cref="SequenceGroup.Sequences"/>.</summary>
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
}
