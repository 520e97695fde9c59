namespace TinT.Runtime.Cpu.Tiles;

/// <summary>How much of a product a worker takes at a time. Does not influence results.</summary>
internal static class Units
{
    /// <summary>Tiles of left rows that are multiplied together: each panel of the other operand is read once for all of them.</summary>
    public const int MostTiles = 16;

    /// <summary>Fewest tiles of left rows that a worker takes at once while every worker has several such shares: fewer would read the other operand too often.</summary>
    private const int FewestTiles = 4;

    /// <summary>Columns that are multiplied together, whole panels.</summary>
    private const int MostColumns = 128;

    /// <summary>Fewest tiles of left rows that a worker takes at once.</summary>
    public static int Grain(int rows, int workers) => Math.Clamp(Count(rows, TileShape.Rows) / (4 * workers), 1, FewestTiles);

    /// <summary>Most left rows that a worker takes at once.</summary>
    public static int Rows(int rows, int workers) => Most(Count(rows, TileShape.Rows), MostTiles, workers) * TileShape.Rows;

    /// <summary>Right panels that are multiplied together.</summary>
    public static int MostPanels<TLanes>()
        where TLanes : struct, ILanes<TLanes> => MostColumns / Packing<TLanes>.PanelWidth;

    /// <summary>Most right panels that a worker takes at once.</summary>
    public static int Panels<TLanes>(int columns, int workers)
        where TLanes : struct, ILanes<TLanes> => Most(Count(columns, Packing<TLanes>.PanelWidth), MostPanels<TLanes>(), workers);

    /// <summary>
    /// Rows of a part, whole tiles, so that there is work for every worker: all rows where there are panels enough, else as few as
    /// half a <see cref="MostTiles"/>.
    /// </summary>
    public static int PartRows(int rows, int panels, int workers)
    {
        int parts = Count(workers, panels);
        return Math.Max(Count(Count(rows, parts), TileShape.Rows), MostTiles / 2) * TileShape.Rows;
    }

    /// <summary>Units of this size that cover the whole.</summary>
    public static int Count(int whole, int unit) => (int)(((long)whole + unit - 1) / unit);

    private static int Most(int pieces, int most, int workers) => workers == 1 ? Math.Min(pieces, most) : Shares.Next(pieces, 1, most, workers);
}
