namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Cache blocking, after BLIS: sizes for 32–48 KB of first-level and at least 512 KB of second-level cache.</summary>
internal static class TileShape
{
    /// <summary>Rows of a full register tile.</summary>
    public const int Rows = 6;

    /// <summary>Depth of a block: a right panel of 4 × 16 lanes and this depth (32 KB) and a left tile (3 KB) stay in the first-level cache together.</summary>
    public const int Depth = 128;

    /// <summary>
    /// Distance in floats between the rows of a packed left tile: one cache line more than <see cref="Depth"/>, so that the
    /// rows do not fall into the same cache sets.
    /// </summary>
    public const int DepthStride = Depth + 16;

    // A few lines at a time do not hold up the loads of the tile.
    private const int PrefetchSteps = 8;

    /// <summary>Depth between two steps of a <see cref="Prefetcher"/>.</summary>
    /// <param name="depth">Length of the sums, of which a block is multiplied at a time.</param>
    public static int PrefetchDepth(int depth) => Math.Max(1, Math.Min(depth, Depth) / PrefetchSteps);
}
