using System.Runtime.CompilerServices;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Copies parts of matrices into the order in which <see cref="TileKernel{TLanes, THeight}"/> reads them.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>A left tile has its rows <see cref="TileShape.DepthStride"/> apart, a right panel is [depth, two vectors]. Rows and lanes beyond the matrix are 0.</remarks>
internal static unsafe class Packing<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Columns of a right panel.</summary>
    public static int PanelWidth => 2 * TLanes.Count;

    /// <summary>Packs rows [rows, depth] as left rows, then zero rows up to <paramref name="paddedRows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LeftRows(float* source, nint stride, int rows, int depth, float* left, int paddedRows)
    {
        for (int row = 0; row < rows; row++)
            Copy(source + (row * stride), left + (row * TileShape.DepthStride), depth);
        for (int row = rows; row < paddedRows; row++)
            new Span<float>(left + (row * TileShape.DepthStride), depth).Clear();
    }

    /// <summary>Packs columns [depth, rows] as left rows: the transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LeftColumns(float* source, nint stride, int rows, int depth, float* left, int paddedRows)
    {
        Transpose(source, stride, depth, rows, left, TileShape.DepthStride);
        for (int row = rows; row < paddedRows; row++)
            new Span<float>(left + (row * TileShape.DepthStride), depth).Clear();
    }

    /// <summary>Packs [depth, columns] as one right panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RightColumns(float* source, nint stride, int columns, int depth, float* panel)
    {
        if (columns == PanelWidth)
        {
            for (int index = 0; index < depth; index++)
            {
                TLanes.Store(TLanes.Load(source), panel);
                TLanes.Store(TLanes.Load(source + TLanes.Count), panel + TLanes.Count);
                source += stride;
                panel += PanelWidth;
            }

            return;
        }

        for (int index = 0; index < depth; index++)
        {
            float* row = panel + (index * PanelWidth);
            Copy(source + (index * stride), row, columns);
            for (int column = columns; column < PanelWidth; column++)
                row[column] = 0;
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

    /// <summary>Writes the transpose of [rows, columns].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
    {
        int size = TLanes.TransposeSize;
        int blockRows = rows - (rows % size);
        int blockColumns = columns - (columns % size);
        for (int row = 0; row < blockRows; row += size)
        {
            float* from = source + (row * sourceStride);
            for (int column = 0; column < blockColumns; column += size)
                TLanes.TransposeBlock(from + column, sourceStride, destination + (column * destinationStride) + row, destinationStride);
            for (int column = blockColumns; column < columns; column++)
            {
                for (int inner = 0; inner < size; inner++)
                    destination[(column * destinationStride) + row + inner] = from[(inner * sourceStride) + column];
            }
        }

        for (int row = blockRows; row < rows; row++)
        {
            float* from = source + (row * sourceStride);
            for (int column = 0; column < columns; column++)
                destination[(column * destinationStride) + row] = from[column];
        }
    }

    /// <summary>Copies floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* destination, int count)
    {
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TLanes.Load(source + index), destination + index);
        for (; index < count; index++)
            destination[index] = source[index];
    }
}
