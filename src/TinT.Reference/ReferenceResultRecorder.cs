using System.Numerics;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference;

/// <summary>Collects a <see cref="ReferenceResult{T}"/> while the sequences of a batch run.</summary>
internal sealed class ReferenceResultRecorder<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly SimulationBatch batch;
    private readonly int vocabularySize;
    private readonly Workers workers;
    private readonly int logitRows;
    private readonly T[]? logitsBefore;
    private readonly T[]? logitsAfter;
    private readonly T[] tokenLossesBefore;
    private readonly T[] tokenLossesAfter;
    private readonly RecordedLosses recordedLosses;
    private readonly List<IReadOnlyList<ReferenceWeightUpdate<T>>> weightUpdates = [];
    private T[]? blockGradients;

    public ReferenceResultRecorder(SimulationBatch batch, RunOptions options, int vocabularySize, Workers workers)
    {
        this.batch = batch;
        this.vocabularySize = vocabularySize;
        this.workers = workers;
        recordedLosses = options.Losses;
        int tokens = batch.BatchSize * batch.TokenCount;
        tokenLossesBefore = new T[tokens];
        tokenLossesAfter = new T[tokens];
        if (options.Logits)
        {
            logitRows = options.CountLogitRows(batch.TokenCount);
            logitsBefore = new T[checked(batch.BatchSize * logitRows * vocabularySize)];
            logitsAfter = new T[logitsBefore.Length];
        }
    }

    /// <summary>Records what the model as loaded predicts.</summary>
    /// <param name="sequence">Index of the sequence.</param>
    /// <param name="logits">[T, V].</param>
    public void RecordBefore(int sequence, Matrix<T> logits) => Record(sequence, logits, logitsBefore, tokenLossesBefore);

    /// <summary>Records what the trained model predicts.</summary>
    /// <param name="sequence">Index of the sequence.</param>
    /// <param name="logits">[T, V].</param>
    public void RecordAfter(int sequence, Matrix<T> logits) => Record(sequence, logits, logitsAfter, tokenLossesAfter);

    /// <summary>Records the changed weights of the next sequence.</summary>
    /// <param name="updates">One per checkpoint tensor.</param>
    public void RecordUpdates(IReadOnlyList<ReferenceWeightUpdate<T>> updates) => weightUpdates.Add(updates);

    /// <summary>Records a gradient in the residual stream.</summary>
    /// <param name="index">Which of a sequence's recorded gradients.</param>
    /// <param name="count">How many are recorded for each sequence.</param>
    /// <param name="sequence">Index of the sequence.</param>
    /// <param name="gradient">[rows, D]; rows behind the last one that has a gradient are 0.</param>
    public void RecordBlockGradient(int index, int count, int sequence, Matrix<T> gradient)
    {
        int size = batch.TokenCount * gradient.Columns;
        blockGradients ??= new T[checked(count * batch.BatchSize * size)];
        gradient.AsSpan().CopyTo(blockGradients.AsSpan(((index * batch.BatchSize) + sequence) * size));
    }

    /// <summary>The result of all sequences.</summary>
    public ReferenceResult<T> Finish()
    {
        SequenceLosses.Keep<T>(batch, tokenLossesBefore, recordedLosses);
        SequenceLosses.Keep<T>(batch, tokenLossesAfter, recordedLosses);
        return Result();
    }

    private ReferenceResult<T> Result() => new()
    {
        BatchSize = batch.BatchSize,
        TokenCount = batch.TokenCount,
        VocabularySize = vocabularySize,
        LogitsBefore = logitsBefore,
        LogitsAfter = logitsAfter,
        TokenLossesBefore = tokenLossesBefore,
        TokenLossesAfter = tokenLossesAfter,
        LossesBefore = SequenceLosses.Mean<T>(batch, tokenLossesBefore),
        LossesAfter = SequenceLosses.Mean<T>(batch, tokenLossesAfter),
        WeightUpdates = weightUpdates,
        BlockGradients = blockGradients,
    };

    private void Record(int sequence, Matrix<T> logits, T[]? allLogits, T[] tokenLosses)
    {
        if (allLogits is not null)
            logits.AsSpan()[((logits.Rows - logitRows) * logits.Columns)..].CopyTo(allLogits.AsSpan(sequence * logitRows * logits.Columns));
        int start = sequence * batch.TokenCount;
        workers.ForEachRow(batch.TokenCount - 1, row =>
        {
            T[] scratch = new T[vocabularySize];
            tokenLosses[start + row + 1] = SoftMax.Loss<T>(logits.Row(row), batch.InputIds[start + row + 1], scratch);
        });
    }
}
