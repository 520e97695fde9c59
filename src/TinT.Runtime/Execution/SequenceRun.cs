using System.ComponentModel;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>The sequence that a run is at: what generated kernels read of the batch and write of the result.</summary>
/// <remarks>
/// Rows behind the last and before the first token of the training part carry no gradient that reaches a weight, so the
/// backward pass and the descent work on rows <see cref="FirstTrainingRow"/> … + <see cref="TrainingRows"/> − 1 only. Rows
/// inside that range that are not part of the training have a gradient weight of 0 and are cleared where attention fills them.
/// Exact gradients reach every row in front of the last training token, and so the rows begin with the sequence and none is cleared.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SequenceRun
{
    private readonly bool lastRowTrains;
    private readonly bool isExact;
    private SimulationBatch batch = null!;

    /// <summary>Creates a run that is at no sequence yet.</summary>
    /// <param name="training">The inner training: whether gradients are exact, and whether the last row keeps its own though it has no target, as in the authors' code.</param>
    public SequenceRun(TrainingDescription training)
    {
        ArgumentNullException.ThrowIfNull(training);
        lastRowTrains = training.Compatibility == "authors";
        isExact = training.IsExact;
    }

    /// <summary>Index of the sequence in its batch.</summary>
    public int Sequence { get; private set; }

    /// <summary>Index of the sequence among those that run together.</summary>
    public int Place { get; private set; }

    /// <summary>Tokens T.</summary>
    public int Tokens => batch.TokenCount;

    /// <summary>First row that the backward pass covers.</summary>
    public int FirstTrainingRow { get; private set; }

    /// <summary>Training rows of the sequences in front of this one among those that run together.</summary>
    public int FirstGradientRow { get; private set; }

    /// <summary>Rows from there to the last token of the training part; 0 if nothing trains.</summary>
    public int TrainingRows { get; private set; }

    /// <summary>The first row whose logits are asked for.</summary>
    public int FirstLogitRow { get; internal set; }

    /// <summary>Logits before, of the rows that are asked for, [rows, V]; empty if none are.</summary>
    public Memory<float> LogitsBefore { get; internal set; }

    /// <summary>Logits after, as before.</summary>
    public Memory<float> LogitsAfter { get; internal set; }

    /// <summary>Token losses before, [T].</summary>
    public Memory<float> LossesBefore { get; internal set; }

    /// <summary>Token losses after, [T].</summary>
    public Memory<float> LossesAfter { get; internal set; }

    private ReadOnlySpan<float> Mask => batch.TrainingMask.AsSpan(Sequence * Tokens, Tokens);

    /// <summary>Turns to a sequence; the same object serves all of a simulator's runs, so that a run allocates its results only.</summary>
    /// <param name="sequences">The batch, checked.</param>
    /// <param name="sequence">Index of the sequence in it.</param>
    /// <param name="place">Index among the sequences that run together.</param>
    /// <param name="firstGradientRow">Training rows of the sequences in front of it among those.</param>
    public void Begin(SimulationBatch sequences, int sequence, int place, int firstGradientRow)
    {
        batch = sequences;
        Sequence = sequence;
        Place = place;
        FirstGradientRow = firstGradientRow;
        FirstTrainingRow = isExact ? 0 : Math.Max(0, Mask.IndexOf(1f));
        TrainingRows = Mask.LastIndexOf(1f) - FirstTrainingRow + 1;
    }

    /// <summary>This sequence's rows of a buffer with a row for each token of the sequences that run together.</summary>
    /// <param name="buffer">[tokens, columns].</param>
    public MatrixView TokenRows(MatrixView buffer) => buffer.RowRange(Place * Tokens, Tokens);

    /// <inheritdoc cref="TokenRows(MatrixView)"/>
    public VectorView TokenRows(VectorView buffer) => buffer.Slice(Place * Tokens, Tokens);

    /// <summary>The rows among <see cref="TokenRows(MatrixView)"/> that the backward pass covers.</summary>
    /// <param name="buffer">[tokens, columns].</param>
    public MatrixView TrainedRows(MatrixView buffer) => buffer.RowRange((Place * Tokens) + FirstTrainingRow, TrainingRows);

    /// <inheritdoc cref="TrainedRows(MatrixView)"/>
    public VectorView TrainedRows(VectorView buffer) => buffer.Slice((Place * Tokens) + FirstTrainingRow, TrainingRows);

    /// <summary>This sequence's rows of a buffer with a row for each row of the backward pass of the sequences that run together.</summary>
    /// <param name="buffer">[training rows, columns].</param>
    public MatrixView GradientRows(MatrixView buffer) => buffer.RowRange(FirstGradientRow, TrainingRows);

    /// <summary>Id of the token at a row.</summary>
    public int TokenId(int row) => batch.InputIds[(Sequence * Tokens) + row];

    /// <summary>Position of the token at a row.</summary>
    public int Position(int row) => batch.PositionIds is { } positions ? positions[(Sequence * Tokens) + row] : row;

    /// <summary>Positions of the tokens, [T]; empty if token t is at position t.</summary>
    public ReadOnlyMemory<int> Positions => batch.PositionIds is { } positions ? positions.AsMemory(Sequence * Tokens, Tokens) : default;

    /// <summary>Id that the row predicts: the next token, or 0 for the last row, which predicts nothing.</summary>
    public int Target(int row) => row + 1 < Tokens ? TokenId(row + 1) : 0;

    /// <summary>Whether a row belongs to the training part.</summary>
    public bool IsTraining(int row) => Mask[row] != 0;

    /// <summary>Factor of the loss gradient of a row: 0 unless its target belongs to the training part and, where gradients are not exact, the row does.</summary>
    public float GradientWeight(int row)
    {
        if (!isExact && !IsTraining(row))
            return 0;
        if (row + 1 == Tokens)
            return lastRowTrains ? 1 : 0;
        return Mask[row + 1] * (batch.GradientMask is { } factors ? factors[(Sequence * Tokens) + row + 1] : 1);
    }

    /// <summary>Factor of the target's embedding in the loss gradient of a row: that of the gradient, but 0 for the last row, which has no target.</summary>
    public float TargetWeight(int row) => row + 1 < Tokens ? GradientWeight(row) : 0;

    /// <summary>The ICL mask of the sequence, [T, T], or none.</summary>
    public AttentionMask AttentionMask { get; internal set; }

    /// <summary>Whose losses are wanted.</summary>
    internal RecordedLosses RecordedLosses { get; set; }

    /// <summary>Rows that a pass through the head has something to compute for.</summary>
    public (int First, int Count) HeadRows(HeadPass pass) =>
        pass == HeadPass.Between ? (FirstTrainingRow, TrainingRows) : (0, Tokens);

    /// <summary>Rows whose logits a pass through the head has to make: those that the caller wants and those of the gradient, with what lies between.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="gradient">Whether the loss gradient is computed from logits.</param>
    public (int First, int Count) LogitRows(HeadPass pass, bool gradient)
    {
        (int first, int end) = LogitsOf(pass).IsEmpty ? (Tokens, Tokens) : (FirstLogitRow, Tokens);
        if (gradient && pass != HeadPass.After && TrainingRows > 0)
            (first, end) = first < end ? (Math.Min(first, FirstTrainingRow), end) : (FirstTrainingRow, FirstTrainingRow + TrainingRows);
        return first < end ? (first, end - first) : (0, 0);
    }

    /// <summary>The part of rows <paramref name="first"/> … + <paramref name="count"/> − 1 that the backward pass covers.</summary>
    public (int First, int Count) TrainingPart(int first, int count)
    {
        int start = Math.Max(first, FirstTrainingRow);
        int end = Math.Min(first + count, FirstTrainingRow + TrainingRows);
        return (start, Math.Max(0, end - start));
    }

    /// <summary>Row of the logits result of a pass; empty unless asked for.</summary>
    public Span<float> Logits(HeadPass pass, int row, int vocabularySize)
    {
        Memory<float> logits = LogitsOf(pass);
        return logits.IsEmpty || row < FirstLogitRow ? default : logits.Span.Slice((row - FirstLogitRow) * vocabularySize, vocabularySize);
    }

    /// <summary>Whether a pass records the losses of its rows.</summary>
    public static bool RecordsLosses(HeadPass pass) => pass != HeadPass.Between;

    /// <summary>Records the loss of a row's target, in nats; the last row has none.</summary>
    public void RecordLoss(HeadPass pass, int row, double loss)
    {
        if (row + 1 < Tokens)
            (pass == HeadPass.Before ? LossesBefore : LossesAfter).Span[row + 1] = (float)loss;
    }

    /// <summary>Adds the rows whose loss is wanted and whose logits are not made.</summary>
    internal void AddLossOnlyRows(LossOnlyRows rows, HeadPass pass, bool gradient)
    {
        if (!RecordsLosses(pass))
            return;
        (int first, int count) = LogitRows(pass, gradient);
        bool all = RecordedLosses == RecordedLosses.All || SequenceLosses.ScoresAll(Mask);
        for (int row = 0; row + 1 < Tokens; row++)
        {
            bool made = row >= first && row < first + count;
            if (!made && (all || !IsTraining(row + 1)))
                rows.Add(this, row);
        }
    }

    private Memory<float> LogitsOf(HeadPass pass) => pass switch
    {
        HeadPass.Before => LogitsBefore,
        HeadPass.After => LogitsAfter,
        _ => default,
    };

    /// <summary>Whether attention passes gradients back to a row.</summary>
    public bool ReceivesGradients(int row) => isExact || IsTraining(row);

    /// <summary>Clears rows of a gradient inside the training range that are not part of the training.</summary>
    /// <param name="gradient">[R, columns].</param>
    public void ClearUntrainedRows(MatrixView gradient)
    {
        for (int row = 0; row < TrainingRows; row++)
        {
            if (!IsTraining(FirstTrainingRow + row))
                gradient.Row(row).Clear();
        }
    }
}
