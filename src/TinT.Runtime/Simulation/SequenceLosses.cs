namespace TinT.Runtime.Simulation;

/// <summary>Losses of whole sequences from the losses of their tokens.</summary>
public static class SequenceLosses
{
    /// <summary>
    /// Mean loss over each sequence's scored tokens, in nats per token, [B]: those outside the training part, or all if the
    /// training part is the whole sequence; never the first. NaN for a sequence of one token, which has none.
    /// </summary>
    /// <param name="batch">The batch, for its training mask.</param>
    /// <param name="tokenLosses">Loss of each token, [B, T].</param>
    public static float[] Mean(SimulationBatch batch, ReadOnlySpan<float> tokenLosses)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var means = new float[batch.BatchSize];
        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
        {
            ReadOnlySpan<float> mask = batch.TrainingMask.AsSpan(sequence * batch.TokenCount, batch.TokenCount);
            ReadOnlySpan<float> losses = tokenLosses.Slice(sequence * batch.TokenCount, batch.TokenCount);
            bool scoreAll = mask[1..].IndexOf(0f) < 0;
            double sum = 0;
            int count = 0;
            for (int token = 1; token < batch.TokenCount; token++)
            {
                if (!scoreAll && mask[token] != 0)
                    continue;
                sum += losses[token];
                count++;
            }

            means[sequence] = (float)(sum / count);
        }

        return means;
    }
}
