using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>How much of a product a worker takes at a time. Does not influence results.</summary>
internal static class Units
{
    /// <summary>Tiles of left rows that are multiplied together: each panel of the other operand is read once for all of them.</summary>
    public const int MostTiles = 16;

    /// <summary>Fewest tiles of left rows that a worker takes at once while every worker has several such shares: fewer would read the other operand too often.</summary>
    private const int FewestTiles = 4;

    /// <summary>Tiles whose rows are whole blocks of a transposition.</summary>
    private const int BlockTiles = 4;

    /// <summary>Multiplications and additions of the smallest share, some ten microseconds.</summary>
    private const long FewestMultiplyAdds = 1 << 20;

    /// <summary>Pieces of a product that a worker should find, so that the last one is a small part of its work.</summary>
    private const int EnoughPieces = 24;

    /// <summary>Parts of a product that a worker should find where every part packs its columns of the other operand.</summary>
    private const int EnoughParts = 4;

    /// <summary>Columns that are multiplied together, whole panels.</summary>
    private const int MostColumns = 128;

    /// <summary>Fewest pieces that a worker takes at once: a smaller share would cost too much beside its work, while every worker finds several.</summary>
    /// <param name="pieces">Pieces.</param>
    /// <param name="multiplyAdds">Multiplications and additions of a piece.</param>
    /// <param name="workers">Workers.</param>
    public static int Grain(int pieces, long multiplyAdds, int workers) =>
        (int)Math.Clamp(FewestMultiplyAdds / Math.Max(1, multiplyAdds), 1, Math.Max(1, pieces / (4 * workers)));

    /// <summary>Fewest tiles of left rows that a worker takes at once where shares are left rows alone.</summary>
    public static int Grain(int rows, int workers) => Math.Clamp(Count(rows, TileShape.Rows) / (4 * workers), 1, FewestTiles);

    /// <summary>Most left rows that a worker takes at once where shares are left rows alone.</summary>
    public static int Rows(int rows, int workers) => Most(Count(rows, TileShape.Rows), MostTiles, workers) * TileShape.Rows;

    /// <summary>
    /// Left rows, whole tiles and whole blocks of a transposition, that are multiplied by a right panel at a time where shares are some left rows and some
    /// panels: as many as possible, but so that every worker finds several.
    /// </summary>
    public static int Features(int rows, int panels, int workers)
    {
        int tiles = Count(rows, TileShape.Rows);
        int most = workers == 1 ? MostTiles : (int)Math.Clamp((long)tiles * panels / (EnoughPieces * workers), FewestTiles, MostTiles);
        int units = Math.Max(1, Count(tiles, most / BlockTiles * BlockTiles));
        return Count(Count(tiles, units), BlockTiles) * BlockTiles * TileShape.Rows;
    }

    /// <summary>Right panels that are multiplied together.</summary>
    public static int MostPanels<TLanes>()
        where TLanes : struct, ILanes<TLanes> => MostColumns / Packing<TLanes>.PanelWidth;

    /// <summary>Most right panels that a worker takes at once.</summary>
    public static int Panels<TLanes>(int columns, int workers)
        where TLanes : struct, ILanes<TLanes> => Most(Count(columns, Packing<TLanes>.PanelWidth), MostPanels<TLanes>(), workers);

    /// <summary>
    /// Rows of a part, whole tiles, so that every worker finds several parts: all rows where there are panels enough, else as few as
    /// half of <see cref="MostTiles"/>.
    /// </summary>
    public static int PartRows(int rows, int panels, int workers)
    {
        int parts = Count(EnoughParts * workers, panels);
        return Math.Max(Count(Count(rows, parts), TileShape.Rows), MostTiles / 2) * TileShape.Rows;
    }

    /// <summary>Units of this size that cover the whole.</summary>
    public static int Count(int whole, int unit) => (int)(((long)whole + unit - 1) / unit);

    private static int Most(int pieces, int most, int workers) => workers == 1 ? Math.Min(pieces, most) : Shares.Next(pieces, 1, most, workers);
}
