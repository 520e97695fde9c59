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

    /// <summary>Depth between two steps of a <see cref="Prefetcher"/>: a few lines at a time do not hold up the loads of the tile.</summary>
    public static int PrefetchDepth(int depth) => (depth + 7) >> 3;
}
