using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Plain;

/// <summary>r_t, the loss gradient with respect to the head's input o_t.</summary>
internal sealed class HeadGradient<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Workers workers;
    private readonly MatrixProducts<T> products;
    private readonly string loss;
    private readonly bool keepsLastRow;

    public HeadGradient(TrainingDescription training, Workers workers, MatrixProducts<T> products)
    {
        this.workers = workers;
        this.products = products;
        loss = training.Loss is "softmax" or "quadratic" or "mean_embedding"
            ? training.Loss
            : throw new ArgumentException($"The reference knows the losses softmax, quadratic and mean_embedding, not '{training.Loss}'.", nameof(training));
        keepsLastRow = training.Compatibility == "authors";
    }

    /// <summary>
    /// softmax: r_t = softmax(logits_t) E − E[id_{t+1}]; quadratic: logits_t E − E[id_{t+1}]; mean_embedding: mean over the
    /// vocabulary of E − E[id_{t+1}]. Row t &lt; T − 1 is multiplied by the sequence's target factor. The last row, which has no
    /// target, is zero; where <c>compatibility: authors</c> keeps it, it is the first term alone (nothing is subtracted, not even
    /// the embedding of token 0), neither masked nor multiplied by the gradient mask.
    /// </summary>
    /// <param name="model">E.</param>
    /// <param name="sequence">Tokens and masks.</param>
    /// <param name="logits">[T, V].</param>
    /// <param name="scratch">Overwritten, [T, V].</param>
    /// <param name="gradient">Receives r, [T, D].</param>
    public void Compute(AuxiliaryModel<T> model, Sequence<T> sequence, Matrix<T> logits, Matrix<T> scratch, Matrix<T> gradient)
    {
        Matrix<T> embedding = model.TokenEmbedding;
        if (loss == "mean_embedding")
            FillWithMean(embedding, gradient);
        else
            products.By(Coefficients(logits, scratch), embedding, gradient);

        for (int row = 0; row < sequence.Length; row++)
        {
            Span<T> result = gradient.Row(row);
            if (row + 1 < sequence.Length)
                TensorPrimitives.Subtract(result, embedding.Row(sequence.TokenIds[row + 1]), result);
            else if (keepsLastRow)
                continue;
            TensorPrimitives.Multiply(result, sequence.TargetFactors[row], result);
        }
    }

    private Matrix<T> Coefficients(Matrix<T> logits, Matrix<T> scratch)
    {
        if (loss == "quadratic")
            return logits;
        workers.ForEachRow(logits.Rows, row =>
        {
            logits.Row(row).CopyTo(scratch.Row(row));
            SoftMax.Apply(scratch.Row(row));
        });
        return scratch;
    }

    private static void FillWithMean(Matrix<T> embedding, Matrix<T> gradient)
    {
        Span<T> mean = gradient.Row(0);
        mean.Clear();
        for (int token = 0; token < embedding.Rows; token++)
            TensorPrimitives.Add(mean, embedding.Row(token), mean);
        TensorPrimitives.Divide(mean, T.CreateChecked(embedding.Rows), mean);
        for (int row = 1; row < gradient.Rows; row++)
            mean.CopyTo(gradient.Row(row));
    }
}
