using System.Numerics;

namespace TinT.Evaluation.InContext.Scoring;

/// <summary>Log-probabilities of tokens from logits, summed in double.</summary>
public static class LogProbabilities
{
    /// <summary>log softmax(logits)[id], in nats.</summary>
    /// <typeparam name="T">The logits' type.</typeparam>
    /// <param name="logits">[V].</param>
    /// <param name="id">The token.</param>
    public static double Of<T>(ReadOnlySpan<T> logits, int id)
        where T : IFloatingPointIeee754<T>
    {
        double largest = double.NegativeInfinity;
        foreach (T logit in logits)
        {
            // Not Max: a NaN must stay one.
            double value = double.CreateTruncating(logit);
            if (!(value <= largest))
                largest = value;
        }

        double sum = 0;
        foreach (T logit in logits)
            sum += Math.Exp(double.CreateTruncating(logit) - largest);
        return double.CreateTruncating(logits[id]) - largest - Math.Log(sum);
    }
}
