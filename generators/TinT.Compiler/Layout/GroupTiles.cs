namespace TinT.Compiler.Layout;

/// <summary>The tile shapes of GPU kernels, one for each class of devices.</summary>
/// <remarks>
/// <para>Wide groups, for every GPU: tiles of 64 × 64 by 128 threads with 8 × 4 sums each. A product then does 16 operations for each
/// byte it reads from global memory or its cache, and 2.7 multiply-adds for each float it reads from shared memory. A taller
/// tile would read less, but the products here have 128 to 1024 rows and 768 to 10240 columns: with 64 rows they make some
/// hundred groups, enough for large devices; with 128 rows half of their processors would have nothing to do.</para>
/// <para>Narrow groups, for devices that allow fewer than 128 threads, such as ILGPU's CPU device with 16: tiles of 16 × 16 by
/// 16 threads with 4 × 4 sums each, 4 operations for each byte.</para>
/// <para>Shared memory stays below 32 KiB, the least that OpenCL devices have.</para>
/// </remarks>
public static class GroupTiles
{
    /// <summary>Groups of 128 threads.</summary>
    public static GroupTile Wide { get; } = new("Wide", ThreadColumns: 16, ThreadRows: 8, BlockRows: 8, BlockColumns: 4, Depth: 16);

    /// <summary>Groups of 16 threads.</summary>
    public static GroupTile Narrow { get; } = new("Narrow", ThreadColumns: 4, ThreadRows: 4, BlockRows: 4, BlockColumns: 4, Depth: 16);

    /// <summary>
    /// Tiles of the result that a group of linear attention computes side by side from the same scores. Scores are sums over all inputs, 768 and
    /// more, and every group makes its own: fewer tiles would make them more often, more would leave large devices without groups. Four
    /// make three groups of GPT-2's 768 columns and twelve of its 3072, for each tile of rows.
    /// </summary>
    public const int LinearAttentionTiles = 4;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GroupTile> All { get; } = [Wide, Narrow];

    /// <summary>Rows of logits that the head handles at once on a GPU: as many as fit 128 MiB, whole tiles, at most 1024.</summary>
    /// <param name="vocabularySize">Columns of the logits.</param>
    public static int HeadRows(int vocabularySize)
    {
        const int blockLength = 1 << 25;
        const int mostRows = 1024;
        return Math.Max(Wide.Size, Math.Min(mostRows, blockLength / vocabularySize / Wide.Size * Wide.Size));
    }
}
