namespace TinT.Compiler.Devices;

/// <summary>The tile shapes of GPU kernels, one for each class of devices.</summary>
/// <remarks>
/// <para>Wide groups, for every GPU: 128 threads. Their tiles of products are 32 × 64, with 8 × 8 sums in each thread: 10.7 operations for each byte read
/// from global memory or its cache, 4 multiply-adds for each float read from shared memory. 32 threads would be enough for a tile; four times as many share
/// the terms. The products here have 128 to 1024 rows and 768 to 10240 columns, and so make 96 groups and more, of four warps each, where larger tiles
/// would leave most of a large device idle, and where each multiprocessor has the one group, one warp to a scheduler would wait for its loads.
/// On an H100 the tile was the best, or near it, of 20 that were tried for all shapes of GPT-2; 128 × 64 is a fifth faster for logits alone. Attention, whose
/// tiles of scores are square, has tiles of 64 × 64 with 8 × 4 sums in each thread.</para>
/// <para>Narrow groups, for devices that allow fewer than 128 threads, such as ILGPU's CPU device with 16: tiles of 16 × 16 by
/// 16 threads with 4 × 4 sums each, 4 operations for each byte.</para>
/// <para>Shared memory stays below 32 KiB, the least that OpenCL devices have.</para>
/// </remarks>
public static class GroupTiles
{
    /// <summary>Groups of 128 threads.</summary>
    public static GroupTile Wide { get; } = new("Wide", ThreadColumns: 16, ThreadRows: 8, BlockRows: 8, BlockColumns: 4, Depth: 16, Product: new ProductTile(
        ThreadColumns: 8, ThreadRows: 4, Slices: 4, BlockRows: 8, BlockColumns: 8, Depth: 32, Unrolled: 4));

    /// <summary>Groups of 16 threads.</summary>
    public static GroupTile Narrow { get; } = new("Narrow", ThreadColumns: 4, ThreadRows: 4, BlockRows: 4, BlockColumns: 4, Depth: 16, Product: new ProductTile(
        ThreadColumns: 4, ThreadRows: 4, Slices: 1, BlockRows: 4, BlockColumns: 4, Depth: 16, Unrolled: 4));

    /// <summary>
    /// Tiles of the result that a group of linear attention computes side by side from the same scores. Scores are sums over all inputs, 768 and
    /// more, and every group makes its own: fewer tiles would make them more often, more would leave large devices without groups. Four
    /// make three groups of GPT-2's 768 columns and twelve of its 3072, for each tile of rows.
    /// </summary>
    public const int LinearAttentionTiles = 4;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GroupTile> All { get; } = [Wide, Narrow];

    /// <summary>
    /// Terms of the loss gradient, tokens of the vocabulary, that a group adds up. The gradient has few elements and long sums: GPT-2's 128 trained rows
    /// make 48 groups, its 50257 tokens 7 times as many.
    /// </summary>
    public const int HeadPart = 8192;

    /// <summary>Parts of the vocabulary whose contributions to the loss gradient are computed side by side.</summary>
    /// <param name="vocabularySize">Tokens of the vocabulary.</param>
    public static int HeadParts(int vocabularySize) => (vocabularySize + HeadPart - 1) / HeadPart;

    /// <summary>Rows of logits that the head handles at once on a GPU: as many as fit 128 MiB, whole tiles, at most 1024.</summary>
    /// <param name="vocabularySize">Columns of the logits.</param>
    public static int HeadRows(int vocabularySize)
    {
        const int blockLength = 1 << 25;
        const int mostRows = 1024;
        return Math.Max(Wide.Size, Math.Min(mostRows, blockLength / vocabularySize / Wide.Size * Wide.Size));
    }
}
