namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Products of packed operands of any number of rows, tile by tile.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class TileStrip<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const int TailStep = 2;

    /// <summary>Rows that left operands of this many rows are padded to.</summary>
    public static int PadRows(int rows) => (rows + TailStep - 1) / TailStep * TailStep;

    /// <summary>Steps a prefetcher makes while this many padded rows are multiplied by one panel.</summary>
    public static int PrefetchSteps(int paddedRows, int depth) => Units.Count(paddedRows, TileShape.Rows) * Units.Count(depth, TileShape.PrefetchDepth(depth));

    /// <summary>Multiplies left rows by one right panel.</summary>
    /// <param name="rows">Rows of the product, whole steps of <see cref="PadRows"/>.</param>
    /// <param name="columns">Columns of the panel that are wanted; they are computed in whole vectors, the others are left alone.</param>
    /// <param name="depth">Length of the sums, at most <see cref="TileShape.Depth"/>.</param>
    /// <param name="left">Left rows.</param>
    /// <param name="leftStride">Row stride of <paramref name="left"/> in floats.</param>
    /// <param name="panel">A right panel.</param>
    /// <param name="product">[rows, columns].</param>
    /// <param name="stride">Row stride of the product in floats.</param>
    /// <param name="accumulate">Whether to add to the product.</param>
    /// <param name="ahead">What to request from memory meanwhile.</param>
    public static void Multiply(
        int rows, int columns, int depth, float* left, nint leftStride, float* panel, float* product, nint stride, bool accumulate, ref Prefetcher ahead) =>
        Multiply<Off>(rows, columns, depth, left, leftStride, panel, product, stride, accumulate, product, stride, default, ref ahead);

    /// <summary>The same with sums in another place than the product, which may be a step down from weights.</summary>
    /// <typeparam name="TDescends">Whether it is.</typeparam>
    /// <param name="rows">Rows of the product, whole steps of <see cref="PadRows"/>.</param>
    /// <param name="columns">Columns of the panel that are wanted.</param>
    /// <param name="depth">Length of the sums, at most <see cref="TileShape.Depth"/>.</param>
    /// <param name="left">Left rows.</param>
    /// <param name="leftStride">Row stride of <paramref name="left"/> in floats.</param>
    /// <param name="panel">A right panel.</param>
    /// <param name="sums">[rows, columns].</param>
    /// <param name="sumsStride">Row stride of the sums in floats.</param>
    /// <param name="accumulate">Whether to add the sums to the product.</param>
    /// <param name="product">[rows, columns].</param>
    /// <param name="stride">Row stride of the product in floats.</param>
    /// <param name="descent">Where it steps down from.</param>
    /// <param name="ahead">What to request from memory meanwhile.</param>
    public static void Multiply<TDescends>(
        int rows,
        int columns,
        int depth,
        float* left,
        nint leftStride,
        float* panel,
        float* sums,
        nint sumsStride,
        bool accumulate,
        float* product,
        nint stride,
        TileDescent descent,
        ref Prefetcher ahead)
        where TDescends : struct, ISwitch
    {
        int vectors = Math.Min(TLanes.PanelVectors, Units.Count(columns, TLanes.Count));
        if (vectors == 1)
            Multiply<TileWidth1, TDescends>(rows, depth, left, leftStride, panel, sums, sumsStride, accumulate, product, stride, descent, ref ahead);
        else if (vectors == 2)
            Multiply<TileWidth2, TDescends>(rows, depth, left, leftStride, panel, sums, sumsStride, accumulate, product, stride, descent, ref ahead);
        else if (vectors == 3)
            Multiply<TileWidth3, TDescends>(rows, depth, left, leftStride, panel, sums, sumsStride, accumulate, product, stride, descent, ref ahead);
        else
            Multiply<TileWidth4, TDescends>(rows, depth, left, leftStride, panel, sums, sumsStride, accumulate, product, stride, descent, ref ahead);
    }

    private static void Multiply<TWidth, TDescends>(
        int rows,
        int depth,
        float* left,
        nint leftStride,
        float* panel,
        float* sums,
        nint sumsStride,
        bool accumulate,
        float* product,
        nint stride,
        TileDescent descent,
        ref Prefetcher ahead)
        where TWidth : struct, ITileWidth
        where TDescends : struct, ISwitch
    {
        for (; rows >= TileShape.Rows; rows -= TileShape.Rows)
        {
            TileKernel<TLanes, TileHeight6, TWidth, TDescends>.Multiply(
                depth, left, leftStride, panel, sums, sumsStride, accumulate, product, stride, descent, ref ahead);
            left += TileShape.Rows * leftStride;
            sums += TileShape.Rows * sumsStride;
            product += TileShape.Rows * stride;
            descent = descent.From(TileShape.Rows);
        }

        if (rows == 4)
            TileKernel<TLanes, TileHeight4, TWidth, TDescends>.Multiply(depth, left, leftStride, panel, sums, sumsStride, accumulate, product, stride, descent, ref ahead);
        else if (rows == 2)
            TileKernel<TLanes, TileHeight2, TWidth, TDescends>.Multiply(depth, left, leftStride, panel, sums, sumsStride, accumulate, product, stride, descent, ref ahead);
    }
}
