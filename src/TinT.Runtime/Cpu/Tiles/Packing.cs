using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Copies parts of matrices into the order in which <see cref="TileKernel{TLanes, THeight, TWidth, TDescends}"/> reads them.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>A left tile has its rows <see cref="TileShape.DepthStride"/> apart, a right panel is [depth, vectors of a panel]. Lanes beyond the matrix are 0.</remarks>
internal static unsafe class Packing<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Columns of a right panel.</summary>
    public static int PanelWidth
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.PanelVectors * TLanes.Count;
    }

    /// <summary>Packs rows [rows, depth] of weights from the given row and column as left rows, as singles.</summary>
    public static void LeftRows(WeightView source, int row, int column, int rows, int depth, float* left)
    {
        byte* first = source.Address(row, column);
        switch (source.Storage)
        {
            case WeightStorage.BFloat16:
                LeftRows<BrainFormat>(first, source.StrideBytes, rows, depth, left);
                break;
            case WeightStorage.Float16:
                LeftRows<HalfFormat>(first, source.StrideBytes, rows, depth, left);
                break;
            default:
                LeftRows<SingleFormat>(first, source.StrideBytes, rows, depth, left);
                break;
        }
    }

    /// <summary>Packs [depth, columns] as one right panel.</summary>
    public static void RightColumns(float* source, nint stride, int columns, int depth, float* panel) =>
        RightColumns<SingleFormat>((byte*)source, stride * sizeof(float), columns, depth, panel);

    /// <summary>The same of weights from the given row and column, as singles.</summary>
    public static void RightColumns(WeightView source, int row, int column, int columns, int depth, float* panel)
    {
        byte* first = source.Address(row, column);
        switch (source.Storage)
        {
            case WeightStorage.BFloat16:
                RightColumns<BrainFormat>(first, source.StrideBytes, columns, depth, panel);
                break;
            case WeightStorage.Float16:
                RightColumns<HalfFormat>(first, source.StrideBytes, columns, depth, panel);
                break;
            default:
                RightColumns<SingleFormat>(first, source.StrideBytes, columns, depth, panel);
                break;
        }
    }

    /// <summary>Packs [columns, depth] as one right panel: the transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RightRows(float* source, nint stride, int columns, int depth, float* panel)
    {
        Transpose(source, stride, columns, depth, panel, PanelWidth);
        if (columns == PanelWidth)
            return;

        for (int index = 0; index < depth; index++)
        {
            for (int column = columns; column < PanelWidth; column++)
                panel[(index * PanelWidth) + column] = 0;
        }
    }

    /// <summary>Writes the transpose of [rows, columns], a tile in the first-level cache, row by row.</summary>
    /// <typeparam name="TBias">Whether a row is added to every row.</typeparam>
    /// <typeparam name="TResidual">Whether a matrix is added.</typeparam>
    /// <param name="tile">Element (0, 0).</param>
    /// <param name="tileStride">Row stride of the tile.</param>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="columns">Columns of the tile.</param>
    /// <param name="destination">Element (0, 0) of the transpose.</param>
    /// <param name="destinationStride">Row stride of the transpose.</param>
    /// <param name="addends">What is added to the transpose.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreTransposed<TBias, TResidual>(
        float* tile, nint tileStride, int rows, int columns, float* destination, nint destinationStride, BlockAddends<TBias, TResidual> addends)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch
    {
        int size = TLanes.TransposeSize;
        int blockRows = rows - (rows % size);
        int blockColumns = columns - (columns % size);
        for (int column = 0; column < blockColumns; column += size)
        {
            float* to = destination + (column * destinationStride);
            int row = 0;
            for (; row <= rows - (2 * size); row += 2 * size)
                TLanes.TransposePair(tile + (row * tileStride) + column, tileStride, addends.From(column, row), to + row, destinationStride);
            if (row < blockRows)
                TLanes.TransposeBlock(tile + (row * tileStride) + column, tileStride, addends.From(column, row), to + row, destinationStride);
        }

        for (int column = 0; column < columns; column++)
        {
            for (int row = column < blockColumns ? blockRows : 0; row < rows; row++)
                destination[(column * destinationStride) + row] = addends.Add(tile[(row * tileStride) + column], column, row);
        }
    }

    /// <summary>Writes the transpose of [rows, columns], which is read row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
    {
        int size = TLanes.TransposeSize;
        int blockRows = rows - (rows % size);
        int blockColumns = columns - (columns % size);
        for (int row = 0; row < blockRows; row += size)
        {
            float* from = source + (row * sourceStride);
            float* to = destination + row;
            for (int column = 0; column < blockColumns; column += size)
            {
                RequestAhead(from, sourceStride, column);
                TLanes.TransposeBlock(from, sourceStride, default(BlockAddends<Off, Off>), to, destinationStride);
                from += size;
                to += size * destinationStride;
            }
        }

        for (int column = 0; column < columns; column++)
        {
            for (int row = column < blockColumns ? blockRows : 0; row < rows; row++)
                destination[(column * destinationStride) + row] = source[(row * sourceStride) + column];
        }
    }

    /// <summary>Requests the rows two blocks below, once a line: rows are too short for the hardware to foresee.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RequestAhead(float* from, nint sourceStride, int column)
    {
        if (column % CacheLine.Floats != 0)
            return;
        int size = TLanes.TransposeSize;
        for (int index = 2 * size; index < 3 * size; index++)
            CacheLine.RequestNear(from + (index * sourceStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LeftRows<TFormat>(byte* source, nint stride, int rows, int depth, float* left)
        where TFormat : struct, IWeightFormat
    {
        for (int row = 0; row < rows; row++)
            WeightConversion.Copy<TLanes, TFormat>(source + (row * stride), left + (row * TileShape.DepthStride), depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RightColumns<TFormat>(byte* source, nint stride, int columns, int depth, float* panel)
        where TFormat : struct, IWeightFormat
    {
        if (columns == PanelWidth)
        {
            for (int index = 0; index < depth; index++)
            {
                for (int vector = 0; vector < TLanes.PanelVectors; vector++)
                    TLanes.Store(TFormat.Load<TLanes>(source + (vector * TLanes.Count * TFormat.Size)), panel + (vector * TLanes.Count));
                source += stride;
                panel += PanelWidth;
            }

            return;
        }

        for (int index = 0; index < depth; index++)
        {
            float* row = panel + (index * PanelWidth);
            WeightConversion.Copy<TLanes, TFormat>(source + (index * stride), row, columns);
            for (int column = columns; column < PanelWidth; column++)
                row[column] = 0;
        }
    }
}
