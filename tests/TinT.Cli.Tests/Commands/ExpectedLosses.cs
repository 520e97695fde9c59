using TinT.Runtime.Simulation;

namespace TinT.Cli.Tests.Commands;

/// <summary>Losses by their definition, from logits.</summary>
internal static class ExpectedLosses
{
    /// <summary>Mean over the tokens outside the training part (all if there are none) but the first of −log softmax(logits)[token], [B].</summary>
    public static double[] Of(SimulationBatch batch, double[] logits)
    {
        int vocabulary = logits.Length / batch.InputIds.Length;
        double[] losses = new double[batch.BatchSize];
        for (int sequence = 0; sequence < losses.Length; sequence++)
        {
            int start = sequence * batch.TokenCount;
            bool all = batch.TrainingMask.AsSpan(start, batch.TokenCount).IndexOf(0f) < 0;
            losses[sequence] = Enumerable.Range(start + 1, batch.TokenCount - 1)
                .Where(token => all || batch.TrainingMask[token] == 0)
                .Average(token => Loss(logits.AsSpan((token - 1) * vocabulary, vocabulary), batch.InputIds[token]));
        }

        return losses;
    }

    private static double Loss(ReadOnlySpan<double> logits, int target)
    {
        double sum = 0;
        foreach (double logit in logits)
            sum += Math.Exp(logit);
        return Math.Log(sum) - logits[target];
    }
}
