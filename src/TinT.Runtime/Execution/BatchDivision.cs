using System.ComponentModel;

namespace TinT.Runtime.Execution;

/// <summary>How the sequences of a batch are divided into groups, and these among the threads of a simulator. Results do not depend on it.</summary>
/// <param name="Sequences">Sequences of the batch.</param>
/// <param name="Groups">Groups that run together: products with weights that sequences share take the rows of a whole group. Their sizes differ by one at most.</param>
/// <param name="SideBySide">
/// Groups that run at the same time, each on one thread and in memory of its own; with 1 they run one after another, and the threads share
/// the work of each kernel.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BatchDivision(int Sequences, int Groups, int SideBySide)
{
    // Kernels of small models gain little from more threads than this.
    private const int ThreadsPerSequence = 4;

    /// <summary>Sequences of the largest groups, which are the first.</summary>
    public int Together => Count(Sequences, Groups);

    /// <summary>
    /// Side by side, threads wait for each other once in a run instead of twice in each kernel. That pays where kernels are short: in models whose
    /// working memory is small. Large ones were faster only while nothing else disturbed one of the threads.
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
        BatchDivision inTurns = new(sequences, Count(sequences, most), 1);
        int threads = Math.Min(sequences, options.Threads);
        if (threads == 1 || (long)sequences * ThreadsPerSequence < options.Threads)
            return inTurns;

        int rounds = Count(sequences, threads * Math.Max(1, most / threads));
        BatchDivision sideBySide = new(sequences, Math.Min(sequences, threads * rounds), threads);
        return memory.Bytes(sideBySide.Together, tokens) <= options.SideBySideBytes ? sideBySide : inTurns;
    }

    /// <summary>The sequences of a group.</summary>
    /// <param name="group">Its index.</param>
    public (int First, int Count) Group(int group)
    {
        (int size, int larger) = Math.DivRem(Sequences, Groups);
        return ((group * size) + Math.Min(group, larger), group < larger ? size + 1 : size);
    }

    private static int Count(int whole, int part) => (whole + part - 1) / part;
}
