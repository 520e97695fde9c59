namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Layout of a packed left operand [rows, depth]: depth blocks, each all rows at the fixed stride.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="PaddedRows">Rows with those that fill the last tile.</param>
/// <param name="Depth">Length of the sums.</param>
/// <param name="PieceRows">Rows packed at a time.</param>
internal readonly record struct PackedLeft(int Rows, int PaddedRows, int Depth, int PieceRows)
{
    public int DepthBlocks => Units.Count(Depth, TileShape.Depth);

    public int RowPieces => Units.Count(Rows, PieceRows);

    public int PieceCount => DepthBlocks * RowPieces;

    public long Length => (long)DepthBlocks * PaddedRows * TileShape.DepthStride;

    public static PackedLeft Plan<TLanes>(int rows, int depth)
        where TLanes : struct, ILanes<TLanes> => new(rows, TileStrip<TLanes>.PadRows(rows), depth, 8 * TileShape.Rows);

    public int DepthOf(int block) => Math.Min(TileShape.Depth, Depth - (block * TileShape.Depth));

    public nint Offset(int block) => (nint)block * PaddedRows * TileShape.DepthStride;
}
