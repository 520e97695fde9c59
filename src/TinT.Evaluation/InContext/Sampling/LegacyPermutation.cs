namespace TinT.Evaluation.InContext.Sampling;

/// <summary>Permutations of NumPy's legacy generator, <c>numpy.random.RandomState(seed).permutation(n)</c>.</summary>
/// <remarks>MT19937 (Matsumoto and Nishimura 1998) with Knuth's seeding; shuffled from the end, with draws masked to the smallest 2ᵏ − 1 that holds the bound and repeated while above it.</remarks>
public static class LegacyPermutation
{
    /// <summary>The permutation of 0 … n − 1.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="count">n.</param>
    public static int[] Of(uint seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        MersenneTwister random = new(seed);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int other = (int)random.NextBelowOrEqual((uint)last);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
