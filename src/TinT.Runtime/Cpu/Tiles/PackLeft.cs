namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Packs a left operand; a kernel row is a piece of rows of a depth block.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <param name="source">[rows, depth], or its transpose.</param>
/// <param name="layout">Where things go.</param>
/// <param name="destination">The packed operand.</param>
/// <param name="transposed">Whether the source is [depth, rows].</param>
internal readonly unsafe struct PackLeft<TLanes>(MatrixView source, PackedLeft layout, float* destination, bool transposed) : IRowKernel
    where TLanes : struct, ILanes<TLanes>
{
    private readonly float* destination = destination;

    public void Run(int firstRow, int rowCount, int worker)
    {
        for (int piece = firstRow; piece < firstRow + rowCount; piece++)
        {
            (int block, int part) = Math.DivRem(piece, layout.RowPieces);
            nint row = part * layout.PieceRows;
            nint index = block * TileShape.Depth;
            int rows = Math.Min(layout.PieceRows, layout.Rows - (int)row);
            int padded = part == layout.RowPieces - 1 ? layout.PaddedRows - (int)row : rows;
            float* to = destination + layout.Offset(block) + (row * TileShape.DepthStride);
            if (transposed)
                Packing<TLanes>.LeftColumns(source.Pointer + (index * source.Stride) + row, source.Stride, rows, layout.DepthOf(block), to, padded);
            else
                Packing<TLanes>.LeftRows(source.Pointer + (row * source.Stride) + index, source.Stride, rows, layout.DepthOf(block), to, padded);
        }
    }
}
