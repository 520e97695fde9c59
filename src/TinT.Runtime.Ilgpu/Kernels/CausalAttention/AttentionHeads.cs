using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Operands;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Heads of attention, and a matrix with the columns of all of them.</summary>
/// <param name="count">Heads.</param>
/// <param name="size">Columns of a head.</param>
/// <param name="scale">Factor of scores, 1 / √size.</param>
public readonly struct AttentionHeads(int count, int size, float scale)
{
    /// <summary>Heads.</summary>
    internal readonly int Count = count;

    /// <summary>Columns of a head.</summary>
    internal readonly int Size = size;

    /// <summary>Factor of scores.</summary>
    internal readonly float Scale = scale;

    /// <summary>The group's head.</summary>
    internal int Own => Grid.IdxX % Count;

    /// <summary>First column of the group's head.</summary>
    internal int Start => Own * Size;

    /// <summary>End of its columns.</summary>
    internal int End => Start + Size;

    /// <summary>The first column of the head that the group computes: heads wider than a tile have several groups.</summary>
    internal int FirstColumn<TGroup>()
        where TGroup : struct, IGroup =>
        Start + (Grid.IdxX / Count * AttentionTile<TGroup>.Size);

    /// <summary>The columns of the head as terms of sums.</summary>
    internal Terms Terms<TGroup>()
        where TGroup : struct, IGroup =>
        new(Start, End, End, Extent.Known(Size).IsFilledBy(TGroup.Depth));
}
