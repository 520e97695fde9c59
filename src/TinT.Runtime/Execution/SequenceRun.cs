using TinT.Runtime.Cpu;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>One sequence of a run: what generated kernels read of the batch and write of the result.</summary>
/// <remarks>
/// Rows behind the last and before the first token of the training part carry no gradient that reaches a weight, so the
/// backward pass and the descent work on rows <see cref="FirstTrainingRow"/> … + <see cref="TrainingRows"/> − 1 only. Rows
/// inside that range that are not part of the training have a gradient weight of 0 and are cleared where attention fills them.
/// </remarks>
public sealed class SequenceRun
{
    private readonly SimulationBatch batch;
    private readonly bool lastRowTrains;

    internal SequenceRun(SimulationBatch batch, int sequence, InnerTraining training, bool lastRowTrains)
    {
        this.batch = batch;
        this.lastRowTrains = lastRowTrains;
        Sequence = sequence;
        Training = training;
        ReadOnlySpan<float> mask = Mask;
        FirstTrainingRow = Math.Max(0, mask.IndexOf(1f));
        TrainingRows = mask.LastIndexOf(1f) - FirstTrainingRow + 1;
    }

    /// <summary>Index of the sequence in its batch.</summary>
    public int Sequence { get; }

    /// <summary>Inner steps, trained layers and learning rate of the run.</summary>
    public InnerTraining Training { get; }

    /// <summary>Inner learning rate.</summary>
    public float LearningRate => (float)Training.LearningRate;

    /// <summary>Tokens T.</summary>
    public int Tokens => batch.TokenCount;

    /// <summary>First token of the training part.</summary>
    public int FirstTrainingRow { get; }

    /// <summary>Rows from the first to the last token of the training part; 0 if nothing trains.</summary>
    public int TrainingRows { get; }

    /// <summary>Logits before, [T, V]; empty unless asked for.</summary>
    public Memory<float> LogitsBefore { get; internal init; }

    /// <summary>Logits after, [T, V]; empty unless asked for.</summary>
    public Memory<float> LogitsAfter { get; internal init; }

    /// <summary>Token losses before, [T].</summary>
    public Memory<float> LossesBefore { get; internal init; }

    /// <summary>Token losses after, [T].</summary>
    public Memory<float> LossesAfter { get; internal init; }

    internal CancellationToken CancellationToken { get; init; }

    private ReadOnlySpan<float> Mask => batch.TrainingMask.AsSpan(Sequence * Tokens, Tokens);

    /// <summary>Id of the token at a row.</summary>
    public int TokenId(int row) => batch.InputIds[(Sequence * Tokens) + row];

    /// <summary>Position of the token at a row.</summary>
    public int Position(int row) => batch.PositionIds is { } positions ? positions[(Sequence * Tokens) + row] : row;

    /// <summary>Id that the row predicts: the next token, or 0 for the last row, which predicts nothing.</summary>
    public int Target(int row) => row + 1 < Tokens ? TokenId(row + 1) : 0;

    /// <summary>Whether a row belongs to the training part.</summary>
    public bool IsTraining(int row) => Mask[row] != 0;

    /// <summary>Factor of the loss gradient of a row: 0 unless the row and its target belong to the training part.</summary>
    public float GradientWeight(int row)
    {
        if (!IsTraining(row))
            return 0;
        if (row + 1 == Tokens)
            return lastRowTrains ? 1 : 0;
        return Mask[row + 1] * (batch.GradientMask is { } factors ? factors[(Sequence * Tokens) + row + 1] : 1);
    }

    /// <summary>Factor of the target's embedding in the loss gradient of a row: that of the gradient, but 0 for the last row, which has no target.</summary>
    public float TargetWeight(int row) => row + 1 < Tokens ? GradientWeight(row) : 0;

    /// <summary>The ICL mask of the sequence, [T, T], or none.</summary>
    public AttentionMask AttentionMask { get; internal init; }

    /// <summary>Rows that a pass through the head computes logits for.</summary>
    public (int First, int Count) HeadRows(HeadPass pass) =>
        pass == HeadPass.Between ? (FirstTrainingRow, TrainingRows) : (0, Tokens);

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
        Memory<float> logits = pass switch
        {
            HeadPass.Before => LogitsBefore,
            HeadPass.After => LogitsAfter,
            _ => default,
        };
        return logits.IsEmpty ? default : logits.Span.Slice(row * vocabularySize, vocabularySize);
    }

    /// <summary>Whether a pass records the losses of its rows.</summary>
    public static bool RecordsLosses(HeadPass pass) => pass != HeadPass.Between;

    /// <summary>Records the loss of a row's target, in nats; the last row has none.</summary>
    public void RecordLoss(HeadPass pass, int row, double loss)
    {
        if (row + 1 < Tokens)
            (pass == HeadPass.Before ? LossesBefore : LossesAfter).Span[row + 1] = (float)loss;
    }

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

    /// <summary>Ends the run if it was cancelled.</summary>
    public void ThrowIfCancelled() => CancellationToken.ThrowIfCancellationRequested();
}
