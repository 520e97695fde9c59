namespace TinT.Compiler.Specs.Rules;

/// <summary>Which sharding, hidden sizes and head counts a simulator can have; used for defaults and for the advice of diagnostics.</summary>
internal static class SimulatorSizes
{
    /// <summary>Least room for what the feed-forward block keeps and its signal, in multiples of D.</summary>
    private const int LeastSlots = 4;

    /// <summary>
    /// Room in one embedding, in multiples of D: for the signal, as wide as q, and for q, k and the input that they are made of, or, where gradients pass
    /// through scores, v in place of that input.
    /// </summary>
    /// <param name="model">The auxiliary model.</param>
    /// <param name="throughScores">Whether gradients pass through the scores of attention.</param>
    public static int MemorySlots(AuxiliaryDescription model, bool throughScores = false)
    {
        int query = BlocksOf(model.QuerySize, model.HiddenSize);
        int key = BlocksOf(model.KeyValueSize, model.HiddenSize);
        return Math.Max(LeastSlots, (2 * query) + key + (throughScores ? key : 1));
    }

    /// <summary>The smallest simulator hidden size: max(S + 1, slots)·D, or the next multiple of D that heads can divide.</summary>
    /// <param name="model">The auxiliary model.</param>
    /// <param name="sharding">S.</param>
    /// <param name="throughScores">Whether gradients pass through the scores of attention.</param>
    public static long SmallestHiddenSize(AuxiliaryDescription model, int sharding, bool throughScores = false)
    {
        // A simulator head is the least divisor of D that holds an auxiliary head, and there are no fewer of them.
        long heads = (long)model.HeadCount * HeadSizes(model).DefaultIfEmpty(model.HiddenSize).First();
        long room = (long)model.HiddenSize * Math.Max(sharding + 1, MemorySlots(model, throughScores));
        return Math.Max(room, (heads + model.HiddenSize - 1) / model.HiddenSize * model.HiddenSize);
    }

    private static int BlocksOf(int width, int size) => (width + size - 1) / size;

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
    /// Sizes that a simulator head can have, ascending: they divide D, so that signals are whole heads, and hold an auxiliary head, of size d – where d divides D
    /// a whole number of them, so that none lies in two.
    /// </summary>
    /// <param name="model">The auxiliary model; d ≤ D.</param>
    public static IEnumerable<int> HeadSizes(AuxiliaryDescription model) => Divisors(model.HiddenSize)
        .Where(size => model.HiddenSize % model.HeadSize == 0 ? size % model.HeadSize == 0 : size >= model.HeadSize);

    /// <summary>The head counts that obey every rule, ascending: each auxiliary head has one of its own.</summary>
    /// <param name="model">The auxiliary model; d ≤ D.</param>
    /// <param name="simulatorHiddenSize">H.</param>
    public static IReadOnlyList<int> ValidHeads(AuxiliaryDescription model, int simulatorHiddenSize) =>
        HeadSizes(model)
            .Where(size => simulatorHiddenSize % size == 0 && simulatorHiddenSize / size >= model.HeadCount)
            .Select(size => simulatorHiddenSize / size)
            .OrderBy(count => count)
            .ToArray();
}
