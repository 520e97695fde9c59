namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Layout of a packed left operand [rows, depth]: depth blocks, each all rows at the fixed stride.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Depth">Length of the sums.</param>
internal readonly record struct PackedLeft(int Rows, int Depth)
{
    public int DepthBlocks => Units.Count(Depth, TileShape.Depth);

    public long Length => (long)DepthBlocks * Rows * TileShape.DepthStride;

    public int DepthOf(int block) => Math.Min(TileShape.Depth, Depth - (block * TileShape.Depth));

    public nint Offset(int block) => (nint)block * Rows * TileShape.DepthStride;
}
