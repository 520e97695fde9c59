using System.Runtime.InteropServices;
using TinT.Runtime.Simulation;

namespace TinT.Models.Tests;

/// <summary>Comparisons bit by bit.</summary>
internal static class Bits
{
    /// <summary>Fails unless two results have the same bits everywhere.</summary>
    public static void AssertSame(SimulationResult expected, SimulationResult actual)
    {
        Assert.Equal((expected.BatchSize, expected.TokenCount, expected.VocabularySize), (actual.BatchSize, actual.TokenCount, actual.VocabularySize));
        AssertSame(expected.LogitsBefore, actual.LogitsBefore);
        AssertSame(expected.LogitsAfter, actual.LogitsAfter);
        AssertSame(expected.TokenLossesBefore, actual.TokenLossesBefore);
        AssertSame(expected.TokenLossesAfter, actual.TokenLossesAfter);
        AssertSame(expected.LossesBefore, actual.LossesBefore);
        AssertSame(expected.LossesAfter, actual.LossesAfter);
        Assert.Equal(expected.WeightUpdates.Count, actual.WeightUpdates.Count);
        foreach ((IReadOnlyList<WeightUpdate> first, IReadOnlyList<WeightUpdate> second) in expected.WeightUpdates.Zip(actual.WeightUpdates))
        {
            Assert.Equal(first.Select(update => update.Name), second.Select(update => update.Name));
            foreach ((WeightUpdate old, WeightUpdate update) in first.Zip(second))
                AssertSame(old.Delta, update.Delta);
        }
    }

    /// <summary>Fails unless two arrays have the same bits, or are both absent.</summary>
    public static void AssertSame(float[]? expected, float[]? actual) => Assert.Equal(Of(expected), Of(actual));

    /// <summary>Fails unless two stretches have the same bits.</summary>
    public static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) => AssertSame(expected.ToArray(), actual.ToArray());

    /// <summary>One sequence of a result by itself.</summary>
    public static SimulationResult Part(SimulationResult result, int sequence)
    {
        float[] Rows(float[] values, int columns) => values.AsSpan(sequence * columns, columns).ToArray();
        int tokens = result.TokenCount;
        return new SimulationResult
        {
            BatchSize = 1,
            TokenCount = tokens,
            VocabularySize = result.VocabularySize,
            LogitsBefore = Rows(result.LogitsBefore!, tokens * result.VocabularySize),
            LogitsAfter = Rows(result.LogitsAfter!, tokens * result.VocabularySize),
            TokenLossesBefore = Rows(result.TokenLossesBefore, tokens),
            TokenLossesAfter = Rows(result.TokenLossesAfter, tokens),
            LossesBefore = Rows(result.LossesBefore, 1),
            LossesAfter = Rows(result.LossesAfter, 1),
            WeightUpdates = [result.WeightUpdates[sequence]],
        };
    }

    private static int[]? Of(float[]? values) => values is null ? null : MemoryMarshal.Cast<float, int>(values).ToArray();
}
