using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;

namespace TinT.Reference.Forward;

/// <summary>The gradient of the inner loss with respect to the logits.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class LossGradient<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly string loss;
    private readonly bool keepsLastRow;
    private readonly Workers workers;

    /// <summary>Creates the loss.</summary>
    /// <param name="loss"><c>softmax</c>, <c>quadratic</c> or <c>mean_embedding</c>.</param>
    /// <param name="keepsLastRow">Whether the last row, which has no target, counts, as <c>compatibility: authors</c> has it.</param>
    /// <param name="workers">Threads.</param>
    /// <exception cref="ArgumentException">The loss is another one.</exception>
    public LossGradient(string loss, bool keepsLastRow, Workers workers)
    {
        this.loss = loss is "softmax" or "quadratic" or "mean_embedding"
            ? loss
            : throw new ArgumentException($"The reference knows the losses softmax, quadratic and mean_embedding, not '{loss}'.", nameof(loss));
        this.keepsLastRow = keepsLastRow;
        this.workers = workers;
    }

    /// <summary>Rows that have a gradient, or are followed by one that has.</summary>
    public int Rows(Sequence<T> sequence) =>
        keepsLastRow ? sequence.Length : 1 + Array.FindLastIndex(sequence.TargetFactors, factor => factor != T.Zero);

    /// <summary>
    /// softmax: softmax(logits_t) − onehot(id_{t+1}); quadratic: logits_t − onehot(id_{t+1}); mean_embedding: 1/V − onehot(id_{t+1}); row t &lt; T − 1
    /// times the sequence's target factor. The last row is zero; where it is kept, it is the first term alone (nothing is subtracted, not even for
    /// token 0), neither masked nor multiplied by the gradient mask.
    /// </summary>
    /// <param name="sequence">Tokens and masks.</param>
    /// <param name="logits">[T, V].</param>
    /// <param name="gradient">Receives the first rows of the gradient, [rows, V].</param>
    public void Compute(Sequence<T> sequence, Matrix<T> logits, Matrix<T> gradient) => workers.ForEachRow(gradient.Rows, row =>
    {
        Span<T> result = gradient.Row(row);
        bool hasTarget = row + 1 < sequence.Length;
        T factor = hasTarget || !keepsLastRow ? sequence.TargetFactors[row] : T.One;
        if (factor == T.Zero)
        {
            result.Clear();
            return;
        }

        if (loss == "mean_embedding")
            result.Fill(T.One / T.CreateChecked(result.Length));
        else
            logits.Row(row).CopyTo(result);
        if (loss == "softmax")
            SoftMax.Apply(result);
        if (hasTarget)
            result[sequence.Targets[row]] -= T.One;
        TensorPrimitives.Multiply(result, factor, result);
    });
}
