namespace TinT.Reference.Matrices;

/// <summary>
/// Spreads independent pieces of work over threads. The pieces do not depend on the number of threads and each result
/// element belongs to one piece, so results do not depend on it either.
/// </summary>
internal sealed class Workers
{
    private const int RowsPerPiece = 16;

    private readonly ParallelOptions options;

    /// <summary>Creates the workers.</summary>
    /// <param name="threadCount">Most threads at work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public Workers(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threadCount);
        options = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
    }

    /// <summary>Most threads at work.</summary>
    public int Count => options.MaxDegreeOfParallelism;

    /// <summary>Does numbered pieces of work.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Does the piece of a given number.</param>
    public void ForEach(int pieces, Action<int> work)
    {
        if (options.MaxDegreeOfParallelism > 1 && pieces > 1)
        {
            Parallel.For(0, pieces, options, work);
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
            work(piece);
    }

    /// <summary>Does work that is independent for each row.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="work">Does one row.</param>
    public void ForEachRow(int rows, Action<int> work) =>
        ForEach((rows + RowsPerPiece - 1) / RowsPerPiece, piece =>
        {
            int end = Math.Min(rows, (piece + 1) * RowsPerPiece);
            for (int row = piece * RowsPerPiece; row < end; row++)
                work(row);
        });
}
