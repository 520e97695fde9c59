using System.Numerics;

namespace TinT.Runtime.Simulation;

/// <summary>Losses of whole sequences from the losses of their tokens.</summary>
public static class SequenceLosses
{
    /// <summary>
    /// Mean loss over each sequence's scored tokens, in nats per token, [B]: those outside the training part, or all if
    /// every target belongs to it; never the first. 0 for a sequence of one token, which has none.
    /// </summary>
    /// <param name="batch">The batch, for its training mask.</param>
    /// <param name="tokenLosses">Loss of each token, [B, T].</param>
    /// <typeparam name="T">Type of the losses.</typeparam>
    public static T[] Mean<T>(SimulationBatch batch, ReadOnlySpan<T> tokenLosses)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batch);
        var means = new T[batch.BatchSize];
        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
        {
            ReadOnlySpan<float> mask = batch.TrainingMask.AsSpan(sequence * batch.TokenCount, batch.TokenCount);
            ReadOnlySpan<T> losses = tokenLosses.Slice(sequence * batch.TokenCount, batch.TokenCount);
            bool scoresAll = ScoresAll(mask);
            double sum = 0;
            int count = 0;
            for (int token = 1; token < batch.TokenCount; token++)
            {
                if (!scoresAll && mask[token] != 0)
                    continue;
                sum += double.CreateChecked(losses[token]);
                count++;
            }

            means[sequence] = T.CreateChecked(count == 0 ? 0 : sum / count);
        }

        return means;
    }

    /// <summary>Puts NaN in the place of the losses that are not recorded.</summary>
    /// <param name="batch">The batch, for its training mask.</param>
    /// <param name="tokenLosses">Loss of each token, [B, T].</param>
    /// <param name="recorded">Whose losses stay.</param>
    /// <typeparam name="T">Type of the losses.</typeparam>
    public static void Keep<T>(SimulationBatch batch, Span<T> tokenLosses, RecordedLosses recorded)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int sequence = 0; recorded == RecordedLosses.Scored && sequence < batch.BatchSize; sequence++)
        {
            ReadOnlySpan<float> mask = batch.TrainingMask.AsSpan(sequence * batch.TokenCount, batch.TokenCount);
            for (int token = 1; token < batch.TokenCount && !ScoresAll(mask); token++)
            {
                if (mask[token] != 0)
                    tokenLosses[(sequence * batch.TokenCount) + token] = T.NaN;
            }
        }
    }

    /// <summary>Whether all tokens of a sequence are scored, because all of them train; otherwise those that do not train are.</summary>
    /// <param name="trainingMask">[T].</param>
    internal static bool ScoresAll(ReadOnlySpan<float> trainingMask) => !trainingMask[1..].Contains(0f);
}
