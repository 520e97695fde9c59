using System.ComponentModel;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;
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
public abstract partial class CpuPasses : IDisposable
{
    private readonly int layers;
    private readonly KernelClock? clock;
    private NativeBuffer mask = new(0);
    private RoutineCall[] schedule = [];
    private (RunPart Part, int Layers, int Steps, bool Trains) scheduled;

    /// <summary>Creates passes that hold nothing yet.</summary>
    /// <param name="description">What is simulated.</param>
    /// <param name="plan">Working memory.</param>
    /// <param name="parameters">Weights in the compiled layout, which others may use at the same time.</param>
    /// <param name="workers">Threads, which the passes own from then on.</param>
    /// <param name="clock">Tells the time of every kernel; <see langword="null"/> for none.</param>
    protected CpuPasses(SimulatorDescription description, ArenaPlan plan, ParameterStore parameters, Workers workers, KernelClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(workers);
        Group = new SequenceGroup(plan, CopyColumns(description.Auxiliary), description.Training);
        Parameters = parameters;
        Updated = new UpdatedParameters(parameters.Table);
        Workers = workers;
        layers = description.Auxiliary.LayerCount;
        this.clock = clock;
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
    /// <param name="part">What of a run is wanted.</param>
    /// <param name="results">Where results go.</param>
    /// <param name="cancellationToken">Asked before each layer.</param>
    internal void Run(
        SimulationBatch batch, int first, int sequences, InnerTraining training, RunPart part, ResultArrays results, CancellationToken cancellationToken)
    {
        Group.Take(batch, first, sequences, training, cancellationToken);
        if (part != RunPart.Score)
            Updated.Reserve(sequences, copies: !Group.Dual || part == RunPart.Learn || results.WantsUpdates);
        CopyMasks(batch);
        foreach (SequenceRun run in Group.Sequences)
            results.Open(run);
        clock?.Start();
        foreach (RoutineCall call in Schedule(part, training, trains: Group.TrainingRows > 0))
            Run(call);
        clock?.Stop();
        if (!results.WantsUpdates)
            return;
        foreach (SequenceRun run in Group.Sequences)
            results.SetUpdates(run, run.TrainingRows > 0 ? ReadUpdates(run) : []);
    }

    /// <summary>Takes the inner steps on the one sequence of a batch.</summary>
    /// <param name="batch">The batch, checked.</param>
    /// <param name="training">Inner steps, trained layers and learning rate.</param>
    /// <param name="results">Where results would go.</param>
    /// <param name="cancellationToken">Asked before each layer.</param>
    /// <returns>The weights as updated.</returns>
    internal ParameterStore Learn(SimulationBatch batch, InnerTraining training, ResultArrays results, CancellationToken cancellationToken)
    {
        Run(batch, first: 0, sequences: 1, training, RunPart.Learn, results, cancellationToken);
        bool trained = Group.TrainingRows > 0;
        if (trained)
            WriteUpdates(Group.Sequences[0]);
        return Parameters.Copy(trained ? Updated : null, training.Layers);
    }

    /// <summary>The hidden state, [tokens, D].</summary>
    protected abstract MatrixView HiddenState { get; }

    /// <summary>Gradient of the loss by the input of the head, [training rows, embedding size].</summary>
    protected abstract MatrixView LossGradient { get; }

    /// <summary>Token and position embedding.</summary>
    protected abstract void Embedding();

    /// <summary>Forward pass of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="updates">Steps taken before.</param>
    /// <param name="place">Where it keeps what is read later.</param>
    protected abstract void ForwardBlock(int layer, int updates, KeptPlace place);

    /// <summary>Keeps the input of the lowest trained layer.</summary>
    protected abstract void KeepTrainedInput();

    /// <summary>Goes back to it.</summary>
    protected abstract void RestoreTrainedInput();

    /// <summary>Forward pass of the final norm.</summary>
    /// <param name="updates">Steps taken before.</param>
    protected abstract void FinalNorm(int updates);

    /// <summary>Head, losses and loss gradient.</summary>
    /// <param name="pass">What the pass is for.</param>
    protected abstract void Head(HeadPass pass);

    /// <summary>Backward pass and descent of the final norm.</summary>
    /// <param name="updates">Steps taken before.</param>
    protected abstract void FinalNormBackward(int updates);

    /// <summary>Backward pass and descent of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="updates">Steps taken before.</param>
    /// <param name="place">Where its forward pass kept what is read here.</param>
    /// <param name="lowest">Whether no layer below it is trained.</param>
    protected abstract void BackwardBlock(int layer, int updates, KeptPlace place, bool lowest);

    /// <summary>Writes a layer's updated weights of a sequence that ran in the dual form, from what it kept of one step.</summary>
    /// <param name="run">The sequence.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="updates">Steps written before.</param>
    /// <param name="place">Where it kept them.</param>
    /// <exception cref="NotSupportedException">The model has no dual form.</exception>
    protected virtual void WriteUpdates(SequenceRun run, int layer, int updates, KeptPlace place) =>
        throw new NotSupportedException("The model has no dual form.");

    /// <summary>The run's schedule, made anew where a run differs from the one before: runs that are alike allocate nothing.</summary>
    private RoutineCall[] Schedule(RunPart part, InnerTraining training, bool trains)
    {
        (RunPart, int, int, bool) key = (part, training.Layers, training.Steps, trains);
        if (key != scheduled || schedule.Length == 0)
            (scheduled, schedule) = (key, [.. Calls(part, training, trains)]);
        return schedule;
    }

    private IEnumerable<RoutineCall> Calls(RunPart part, InnerTraining training, bool trains) => part switch
    {
        RunPart.Score => RunSchedule.Score(layers),
        RunPart.Learn => trains ? RunSchedule.Learn(layers, training.Layers, training.Steps) : [],
        _ => RunSchedule.Of(layers, training.Layers, training.Steps, trains),
    };

    private void Run(RoutineCall call)
    {
        switch (call.Routine)
        {
            case RoutineKind.Embedding:
                Embedding();
                break;
            case RoutineKind.ForwardBlock:
                ForwardBlock(call.Layer, call.Updates, call.Place);
                break;
            case RoutineKind.KeepTrainedInput:
                KeepTrainedInput();
                break;
            case RoutineKind.RestoreTrainedInput:
                RestoreTrainedInput();
                break;
            case RoutineKind.FinalNorm:
                FinalNorm(call.Updates);
                break;
            case RoutineKind.Head:
                Head(call.Head!.Value);
                break;
            case RoutineKind.FinalNormBackward:
                FinalNormBackward(call.Updates);
                break;
            case RoutineKind.BackwardBlock:
                BackwardBlock(call.Layer, call.Updates, call.Place, call.Lowest);
                break;
            default:
                throw new InvalidOperationException($"{call.Routine} is not part of the passes.");
        }
    }

    private IReadOnlyList<WeightUpdate> ReadUpdates(SequenceRun run)
    {
        WriteUpdates(run);
        return Parameters.Updates(Updated, run.Place, Group.Training.Layers);
    }

    /// <summary>Writes the updated weights of a sequence where its run left them to later passes.</summary>
    private void WriteUpdates(SequenceRun run)
    {
        if (!Group.Dual)
            return;
        foreach (RoutineCall call in RunSchedule.Updates(layers, Group.Training.Layers, Group.Training.Steps))
            WriteUpdates(run, call.Layer, call.Updates, call.Place);
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
            run.AttentionMask = AttentionMask.None with { Positions = run.Positions };
            if (batch.IclMask is not { } allowed)
                continue;
            MatrixView view = mask.Matrix((long)run.Place * tokens * tokens, tokens, tokens);
            for (int row = 0; row < tokens; row++)
                allowed.AsSpan(((run.Sequence * tokens) + row) * tokens, tokens).CopyTo(view.Row(row));
            run.AttentionMask = new AttentionMask(view) { Positions = run.Positions };
        }
    }
}
