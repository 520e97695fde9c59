using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Packs a right operand; a kernel row is a panel of a depth block.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <param name="source">[depth, columns], or its transpose.</param>
/// <param name="layout">Where things go.</param>
/// <param name="destination">The packed operand.</param>
/// <param name="transposed">Whether the source is [columns, depth].</param>
internal readonly unsafe struct PackRight<TLanes>(MatrixView source, PackedRight layout, float* destination, bool transposed) : IRowKernel
    where TLanes : struct, ILanes<TLanes>
{
    private readonly float* destination = destination;

    public void Run(int firstRow, int rowCount, int worker)
    {
        for (int row = firstRow; row < firstRow + rowCount; row++)
        {
            (int block, int panel) = Math.DivRem(row, layout.PanelCount);
            nint column = panel * layout.PanelWidth;
            nint index = block * TileShape.Depth;
            int columns = Math.Min(layout.PanelWidth, layout.Columns - (int)column);
            float* to = destination + layout.Offset(block, panel);
            if (transposed)
                Packing<TLanes>.RightRows(source.Pointer + (column * source.Stride) + index, source.Stride, columns, layout.DepthOf(block), to);
            else
                Packing<TLanes>.RightColumns(source.Pointer + (index * source.Stride) + column, source.Stride, columns, layout.DepthOf(block), to);
        }
    }
}
