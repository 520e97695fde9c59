namespace TinT.Runtime.Execution;

/// <summary>How the sequences of a batch are divided among the threads of a simulator. Results do not depend on it.</summary>
/// <param name="Together">Most sequences that run together: products with weights that they share take the rows of all of them.</param>
/// <param name="SideBySide">
/// Most groups of them that run at the same time, each on one thread and in memory of its own; with 1 they run one after another, and the
/// threads share the work of each kernel.
/// </param>
public readonly record struct BatchDivision(int Together, int SideBySide)
{
    // Kernels of small models gain little from more threads than this.
    private const int ThreadsPerSequence = 4;

    /// <summary>
    /// Side by side, threads wait for each other once in a run instead of twice in each kernel, which pays where kernels are short: models whose
    /// working memory is small.
    /// </summary>
    /// <param name="sequences">Sequences of the batch, at least 1.</param>
    /// <param name="tokens">Tokens of each, at least 1.</param>
    /// <param name="dual">Whether the update has its dual form, in which sequences can share products.</param>
    /// <param name="memory">What they need beside the weights.</param>
    /// <param name="options">Threads and limits.</param>
    public static BatchDivision Of(int sequences, int tokens, bool dual, WorkingFloats memory, SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int most = dual ? Math.Max(1, options.TokensTogether / tokens) : 1;
        BatchDivision inTurns = new(Math.Min(most, sequences), 1);
        int threads = Math.Min(sequences, options.Threads);
        if (threads == 1 || (long)sequences * ThreadsPerSequence < options.Threads)
            return inTurns;

        int together = Math.Clamp((sequences + threads - 1) / threads, 1, Math.Max(1, most / threads));
        return memory.Bytes(together, tokens) <= options.SideBySideBytes ? new BatchDivision(together, threads) : inTurns;
    }
}
