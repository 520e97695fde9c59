namespace TinT.Compiler.Specs.Rules;

/// <summary>Which sharding, hidden sizes and head counts a simulator can have; used for defaults and for the advice of diagnostics.</summary>
internal static class SimulatorSizes
{
    /// <summary>Room for q, k, the input and the signal in one embedding, in multiples of D.</summary>
    public const int MemorySlots = 4;

    /// <summary>The smallest simulator hidden size: max(S + 1, 4)·D.</summary>
    public static long SmallestHiddenSize(int hiddenSize, int sharding) => (long)hiddenSize * Math.Max(sharding + 1, MemorySlots);

    /// <summary>The divisors of a positive number, ascending.</summary>
    public static IReadOnlyList<int> Divisors(int number)
    {
        var low = new List<int>();
        var high = new List<int>();
        for (int divisor = 1; (long)divisor * divisor <= number; divisor++)
        {
            if (number % divisor != 0)
                continue;
            low.Add(divisor);
            if (divisor != number / divisor)
                high.Add(number / divisor);
        }

        high.Reverse();
        return [.. low, .. high];
    }

    /// <summary>
    /// The head counts that obey every rule, ascending. With h | D | H and H ≥ D there is always one: with m = H / D, a count c has
    /// heads of size D / q for q = c / m, the rules ask that q divides h and c ≥ h, and c = m·h does.
    /// </summary>
    /// <param name="hiddenSize">D.</param>
    /// <param name="heads">Heads of the auxiliary model.</param>
    /// <param name="simulatorHiddenSize">H.</param>
    public static IReadOnlyList<int> ValidHeads(int hiddenSize, int heads, int simulatorHiddenSize) =>
        Divisors(simulatorHiddenSize)
            .Where(count => count >= heads)
            .Where(count => hiddenSize % (simulatorHiddenSize / count) == 0)
            .Where(count => heads % (hiddenSize / (simulatorHiddenSize / count)) == 0)
            .ToArray();
}
