using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Layout of a packed right operand [depth, columns]: depth blocks, each a run of panels of full depth.</summary>
/// <param name="Depth">Length of the sums.</param>
/// <param name="Columns">Columns.</param>
/// <param name="PanelWidth">Columns of a panel.</param>
internal readonly record struct PackedRight(int Depth, int Columns, int PanelWidth)
{
    public int DepthBlocks => Units.Count(Depth, TileShape.Depth);

    public int PanelCount => Units.Count(Columns, PanelWidth);

    public int BlockCount => DepthBlocks * PanelCount;

    public int BlockLength => TileShape.Depth * PanelWidth;

    public long Length => (long)BlockCount * BlockLength;

    public static PackedRight Plan<TLanes>(int columns, int depth)
        where TLanes : struct, ILanes<TLanes> => new(depth, columns, Packing<TLanes>.PanelWidth);

    public int DepthOf(int block) => Math.Min(TileShape.Depth, Depth - (block * TileShape.Depth));

    public nint Offset(int block, int panel) => ((nint)block * PanelCount + panel) * BlockLength;
}
