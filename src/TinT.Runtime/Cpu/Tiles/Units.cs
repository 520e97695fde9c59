namespace TinT.Runtime.Cpu.Tiles;

/// <summary>How much of a product a worker takes at a time. Does not influence results.</summary>
internal static class Units
{
    private const int MostTiles = 4;
    private const int UnitsPerWorker = 4;

    /// <summary>Left rows of a unit, whole tiles: few enough that every worker gets several units.</summary>
    public static int Rows<TLanes>(int rows, int workers)
        where TLanes : struct, ILanes<TLanes> => Share(Count(rows, TLanes.TileRows), workers) * TLanes.TileRows;

    /// <summary>Right panels of a unit.</summary>
    public static int Panels<TLanes>(int columns, int workers)
        where TLanes : struct, ILanes<TLanes> => Share(Count(columns, 2 * TLanes.Count), workers);

    /// <summary>Units of this size that cover the whole.</summary>
    public static int Count(int whole, int unit) => (int)(((long)whole + unit - 1) / unit);

    private static int Share(int pieces, int workers) => Math.Clamp(pieces / (workers * UnitsPerWorker), 1, MostTiles);
}
