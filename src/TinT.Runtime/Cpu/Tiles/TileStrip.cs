namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Products of packed operands of any number of rows, tile by tile.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class TileStrip<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Rows that left operands of this many rows are padded to.</summary>
    public static int PadRows(int rows)
    {
        int tail = rows % TLanes.TileRows;
        int step = TLanes.TileRows / 3;
        return rows - tail + ((tail + step - 1) / step * step);
    }

    /// <summary>Steps a prefetcher makes while this many padded rows are multiplied by one panel.</summary>
    public static int PrefetchSteps(int paddedRows, int depth) => Units.Count(paddedRows, TLanes.TileRows) * Units.Count(depth, TileShape.PrefetchDepth);

    /// <summary>Multiplies left rows by one right panel.</summary>
    /// <param name="rows">Rows of the product, whole steps of <see cref="PadRows"/>.</param>
    /// <param name="columns">Columns of the panel that are wanted.</param>
    /// <param name="depth">Length of the sums, at most <see cref="TileShape.Depth"/>.</param>
    /// <param name="left">Left rows.</param>
    /// <param name="panel">A right panel.</param>
    /// <param name="product">[rows, two vectors].</param>
    /// <param name="stride">Row stride of the product in floats.</param>
    /// <param name="accumulate">Whether to add to the product.</param>
    /// <param name="ahead">What to request from memory meanwhile.</param>
    public static void Multiply(
        int rows, int columns, int depth, float* left, float* panel, float* product, int stride, bool accumulate, ref Prefetcher ahead)
    {
        bool narrow = columns <= TLanes.Count;
        int full = TLanes.TileRows;
        int row = 0;
        for (; row <= rows - full; row += full)
        {
            float* leftTile = left + ((nint)row * TileShape.DepthStride);
            float* productTile = product + ((nint)row * stride);
            if (full == 12)
                TileKernel<TLanes, TileHeight12>.Multiply(depth, leftTile, panel, productTile, stride, narrow, accumulate, ref ahead);
            else
                TileKernel<TLanes, TileHeight6>.Multiply(depth, leftTile, panel, productTile, stride, narrow, accumulate, ref ahead);
        }

        if (row == rows)
            return;

        float* leftTail = left + ((nint)row * TileShape.DepthStride);
        float* productTail = product + ((nint)row * stride);
        switch (rows - row)
        {
            case 2:
                TileKernel<TLanes, TileHeight2>.Multiply(depth, leftTail, panel, productTail, stride, narrow, accumulate, ref ahead);
                break;
            case 4:
                TileKernel<TLanes, TileHeight4>.Multiply(depth, leftTail, panel, productTail, stride, narrow, accumulate, ref ahead);
                break;
            case 8:
                TileKernel<TLanes, TileHeight8>.Multiply(depth, leftTail, panel, productTail, stride, narrow, accumulate, ref ahead);
                break;
        }
    }
}
