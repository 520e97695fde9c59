using System.ComponentModel;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>The sequences that run together and the arena they work in.</summary>
/// <remarks>
/// Buffers with a row per token hold the sequences one behind the other, buffers of the backward pass their training rows: a product with
/// weights takes all of them at once, what belongs to one sequence takes its rows.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SequenceGroup : IDisposable
{
    private readonly ArenaPlan plan;
    private readonly int copyColumns;
    private readonly TrainingDescription compiled;
    private readonly List<SequenceRun> runs = [];
    private readonly LossOnlyRows lossOnlyRows = new();
    private SequenceRun[] current = [];
    private int count;
    private int tokensEach;
    private ArenaForm form;
    private OwnDescent[] descents = [default];
    private int descentCount = 1;
    private int ownPlace;
    private NativeBuffer arena = new(0);
    private CancellationToken cancellation;

    internal SequenceGroup(ArenaPlan plan, int copyColumns, TrainingDescription compiled)
    {
        this.plan = plan;
        this.copyColumns = copyColumns;
        this.compiled = compiled;
    }

    /// <summary>The sequences.</summary>
    public ReadOnlySpan<SequenceRun> Sequences => current.AsSpan(0, count);

    /// <summary>Inner steps, trained layers and learning rate of the run.</summary>
    public InnerTraining Training { get; private set; }

    /// <summary>Inner learning rate.</summary>
    public float LearningRate => (float)Training.LearningRate;

    /// <summary>Whether passes after a step attend to its inputs and gradients instead of using updated copies of the weights.</summary>
    public bool Dual => form.Dual;

    /// <summary>The descents of what sequences have for themselves: one, or those of all trainings that share a backward pass.</summary>
    public ReadOnlySpan<OwnDescent> Descents => descents.AsSpan(0, descentCount);

    /// <summary>Tokens of all sequences.</summary>
    public int Tokens => count * tokensEach;

    /// <summary>Rows of the backward pass of all sequences; 0 if nothing trains.</summary>
    public int TrainingRows { get; private set; }

    /// <summary>Block of logits that the head works in, [head rows, vocabulary].</summary>
    public MatrixView HeadBlock => arena.Matrix(plan.ColumnsPerToken(form) * Capacity, plan.HeadRows, plan.HeadColumns);

    /// <summary>Floats of the arena so far.</summary>
    internal long ArenaLength => arena.Length;

    private int Capacity => ArenaPlan.RoundUp(Tokens);

    /// <summary>A buffer with one row per token.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    /// <param name="columns">Floats per token.</param>
    public MatrixView TokenMatrix(long column, int columns) => arena.Matrix(column * Capacity, Tokens, columns);

    /// <summary>A buffer with one float per token.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    public VectorView TokenVector(long column) => arena.Vector(column * Capacity, Tokens);

    /// <summary>A buffer with one row per row of the backward pass.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    /// <param name="columns">Floats per row.</param>
    public MatrixView TrainingMatrix(long column, int columns) => TokenMatrix(column, columns).RowRange(0, TrainingRows);

    /// <summary>Where a trained layer keeps what its backward pass reads, in floats per token from the start of the arena.</summary>
    /// <param name="step">The step; later ones overwrite it, but where trainings share the first pass, what that kept.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long MemoryColumn(int step, int depth) => plan.MemoryColumn(form, step, depth);

    /// <summary>Where a trained layer keeps gradients of a step.</summary>
    /// <param name="step">The step; in the primal form later ones overwrite them.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long KeptGradientColumn(int step, int depth) => plan.KeptGradientColumn(form, step, depth);

    /// <summary>Where a trained layer keeps inputs of a step.</summary>
    /// <param name="step">The step; in the primal form later ones overwrite them. That behind the last keeps nothing: all of its layers share a place.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long KeptInputColumn(int step, int depth) => plan.KeptInputColumn(form, step, depth);

    /// <summary>Where a sequence has what a step has updated for itself, among all such copies.</summary>
    /// <param name="run">The sequence.</param>
    public int OwnPlace(SequenceRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ownPlace + run.Place;
    }

    /// <summary>The rows of which a pass through the head wants the loss only.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="gradient">Whether the loss gradient is computed from logits.</param>
    public LossOnlyRows LossOnlyRows(HeadPass pass, bool gradient)
    {
        lossOnlyRows.Clear(Tokens);
        foreach (SequenceRun run in Sequences)
            run.AddLossOnlyRows(lossOnlyRows, pass, gradient);
        return lossOnlyRows;
    }

    /// <summary>Ends the run if it was cancelled.</summary>
    public void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Frees the arena.</summary>
    public void Dispose() => arena.Dispose();

    /// <summary>Turns to sequences of a batch.</summary>
    internal void Take(SimulationBatch batch, int first, int sequences, InnerTraining training, CancellationToken cancellationToken) =>
        Take(batch, first, sequences, training, copies: 0, cancellationToken);

    /// <summary>Turns to sequences of a batch which several trainings share.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="sequences">How many.</param>
    /// <param name="training">The most steps and layers of the trainings.</param>
    /// <param name="copies">Copies of rows to go back to; 0 for one training.</param>
    /// <param name="cancellationToken">Asked before each layer.</param>
    internal void Take(SimulationBatch batch, int first, int sequences, InnerTraining training, int copies, CancellationToken cancellationToken)
    {
        tokensEach = batch.TokenCount;
        cancellation = cancellationToken;
        form = plan.FormOf(tokensEach, training.Steps, copies * copyColumns);
        if (current.Length < sequences)
        {
            while (runs.Count < sequences)
                runs.Add(new SequenceRun(compiled));
            current = [.. runs];
        }

        count = sequences;
        Turn(batch, first);
        Turn(training, place: 0);

        // Makes room here, so that passes allocate nothing, not even the first of a thread.
        lossOnlyRows.Clear(Tokens);
        long length = plan.Length(Tokens, form);
        if (length <= arena.Length)
            return;
        arena.Dispose();
        arena = new NativeBuffer(length);
    }

    /// <summary>Turns to the masks of a batch with the same tokens.</summary>
    internal void Turn(SimulationBatch batch, int first)
    {
        TrainingRows = 0;
        for (int place = 0; place < count; place++)
        {
            current[place].Begin(batch, first + place, place, TrainingRows);
            TrainingRows += current[place].TrainingRows;
        }
    }

    /// <summary>Turns to one training.</summary>
    /// <param name="training">Its learning rate; of several trainings, the most steps and layers.</param>
    /// <param name="place">Index of its updated copies.</param>
    internal void Turn(InnerTraining training, int place)
    {
        Training = training;
        ownPlace = place * count;
        descents[0] = new OwnDescent(LearningRate, ownPlace);
        descentCount = 1;
    }

    /// <summary>Lets what sequences have for themselves descend in several trainings at once, each in its own place.</summary>
    /// <param name="learningRates">Inner learning rates.</param>
    internal void DescendAll(ReadOnlySpan<float> learningRates)
    {
        if (descents.Length < learningRates.Length)
            descents = new OwnDescent[learningRates.Length];
        for (int place = 0; place < learningRates.Length; place++)
            descents[place] = new OwnDescent(learningRates[place], place * count);
        descentCount = learningRates.Length;
    }

    /// <summary>A copy to go back to, [tokens, columns].</summary>
    internal MatrixView Copy(int index, int columns) => TokenMatrix(plan.CopiesColumn(form) + ((long)index * copyColumns), columns);
}
