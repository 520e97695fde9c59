using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Products of any number of left rows and one packed right panel, tile by tile.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class TileStrip<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Steps a prefetcher makes, at least, while this many rows are multiplied by one panel.</summary>
    public static int PrefetchSteps(int rows, int depth) => Units.Count(rows, TileShape.Rows) * Units.Count(depth, TileShape.PrefetchDepth(depth));

    /// <summary>C = A B or C = S + A B.</summary>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns of the panel that are wanted; they are computed in whole vectors, the others are left alone.</param>
    /// <param name="operands">From the first row on.</param>
    /// <param name="ahead">What to request from memory meanwhile.</param>
    public static void Multiply(int rows, int columns, TileOperands operands, ref Prefetcher ahead) => Multiply<Off>(rows, columns, operands, ref ahead);

    /// <summary>C = W − rate (A B) or C = W − rate (S + A B).</summary>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns of the panel that are wanted.</param>
    /// <param name="operands">From the first row on.</param>
    /// <param name="ahead">What to request from memory meanwhile.</param>
    public static void Descend(int rows, int columns, TileOperands operands, ref Prefetcher ahead) => Multiply<On>(rows, columns, operands, ref ahead);

    private static void Multiply<TDescends>(int rows, int columns, TileOperands operands, ref Prefetcher ahead)
        where TDescends : struct, ISwitch
    {
        int vectors = Math.Min(TLanes.PanelVectors, Units.Count(columns, TLanes.Count));
        if (vectors == 1)
            Multiply<TileWidth1, TDescends>(rows, ref operands, ref ahead);
        else if (vectors == 2)
            Multiply<TileWidth2, TDescends>(rows, ref operands, ref ahead);
        else if (vectors == 3)
            Multiply<TileWidth3, TDescends>(rows, ref operands, ref ahead);
        else
            Multiply<TileWidth4, TDescends>(rows, ref operands, ref ahead);
    }

    private static void Multiply<TWidth, TDescends>(int rows, ref TileOperands operands, ref Prefetcher ahead)
        where TWidth : struct, ITileWidth
        where TDescends : struct, ISwitch
    {
        // The last rows, up to 5, take tiles of 4, 2 and 1, which together take no longer than a tile with a row too many.
        int last = rows % TileShape.Rows;
        Tiles<TileHeight6, TWidth, TDescends>(rows / TileShape.Rows, ref operands, ref ahead);
        Tiles<TileHeight4, TWidth, TDescends>(last / 4, ref operands, ref ahead);
        Tiles<TileHeight2, TWidth, TDescends>(last % 4 / 2, ref operands, ref ahead);
        Tiles<TileHeight1, TWidth, TDescends>(last % 2, ref operands, ref ahead);
    }

    private static void Tiles<THeight, TWidth, TDescends>(int count, ref TileOperands operands, ref Prefetcher ahead)
        where THeight : struct, ITileHeight
        where TWidth : struct, ITileWidth
        where TDescends : struct, ISwitch
    {
        for (int tile = 0; tile < count; tile++)
        {
            TileKernel<TLanes, THeight, TWidth, TDescends>.Multiply(ref operands, ref ahead);
            operands.Advance(THeight.Rows);
        }
    }
}
