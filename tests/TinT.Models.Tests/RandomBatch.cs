using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Models.Tests;

/// <summary>Batches of random tokens.</summary>
internal static class RandomBatch
{
    /// <summary>A batch with training masks of every kind and, if asked for, the optional inputs.</summary>
    /// <param name="random">Source of the numbers.</param>
    /// <param name="auxiliary">The model.</param>
    /// <param name="sequences">B.</param>
    /// <param name="tokens">T.</param>
    /// <param name="gradientMask">Whether there are factors of the gradient.</param>
    /// <param name="iclMask">Whether there is an attention mask.</param>
    /// <param name="positionIds">Whether there are positions.</param>
    public static SimulationBatch Create(
        Random random, AuxiliaryDescription auxiliary, int sequences, int tokens, bool gradientMask = false, bool iclMask = false, bool positionIds = false)
    {
        int count = sequences * tokens;
        int[] ids = Fill(count, _ => random.Next(auxiliary.VocabularySize));
        float[] training = new float[count];
        for (int sequence = 0; sequence < sequences; sequence++)
            FillMask(random, training.AsSpan(sequence * tokens, tokens));
        return new SimulationBatch(sequences, tokens, ids, training)
        {
            GradientMask = gradientMask ? Fill(count, _ => random.Next(4) == 0 ? 0 : random.NextSingle() * 2) : null,
            IclMask = iclMask ? Fill(count * tokens, index => index % tokens == index / tokens % tokens || random.Next(3) > 0 ? 1f : 0f) : null,
            PositionIds = positionIds ? Fill(count, _ => random.Next(auxiliary.MaxPositionEmbeddings)) : null,
        };
    }

    /// <summary>One sequence of a batch by itself.</summary>
    public static SimulationBatch Sequence(SimulationBatch batch, int sequence)
    {
        int tokens = batch.TokenCount;
        T[] Part<T>(T[] values, int length) => values.AsSpan(sequence * length, length).ToArray();
        return new SimulationBatch(1, tokens, Part(batch.InputIds, tokens), Part(batch.TrainingMask, tokens))
        {
            GradientMask = batch.GradientMask is { } gradientMask ? Part(gradientMask, tokens) : null,
            IclMask = batch.IclMask is { } iclMask ? Part(iclMask, tokens * tokens) : null,
            PositionIds = batch.PositionIds is { } positionIds ? Part(positionIds, tokens) : null,
        };
    }

    /// <summary>A front part, all, a middle part, or scattered tokens.</summary>
    private static void FillMask(Random random, Span<float> mask)
    {
        int kind = random.Next(5);
        int first = kind == 2 ? random.Next(mask.Length) : 0;
        int last = kind == 1 ? mask.Length : random.Next(first, mask.Length) + 1;
        for (int token = first; token < last; token++)
            mask[token] = kind < 3 || random.Next(2) == 0 ? 1 : 0;
    }

    private static T[] Fill<T>(int count, Func<int, T> value) => [.. Enumerable.Range(0, count).Select(value)];
}
