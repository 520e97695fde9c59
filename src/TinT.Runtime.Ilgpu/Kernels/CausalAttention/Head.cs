using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Operands;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>A head, and the part of its columns that a group of threads computes: heads wider than a tile have several groups.</summary>
/// <param name="index">The head of queries.</param>
/// <param name="keyShift">Columns from its queries to its keys and values, in matrices of all heads: 0 where each head has its own.</param>
/// <param name="size">Columns of a head.</param>
/// <param name="part">The part.</param>
internal readonly struct Head(int index, int keyShift, int size, int part)
{
    private readonly int size = size, part = part;

    /// <summary>The head of queries.</summary>
    public readonly int Index = index;

    /// <summary>Columns from its queries to its keys and values.</summary>
    public readonly int KeyShift = keyShift;

    /// <summary>End of its columns.</summary>
    public int End => Start + size;

    /// <summary>End of the columns of its keys and values.</summary>
    public int KeyEnd => End + KeyShift;

    private int Start => Index * size;

    /// <summary>A head that reads the same keys and values.</summary>
    /// <param name="heads">Heads from this one to it.</param>
    public Head Next(int heads) => new(Index + heads, KeyShift - (heads * size), size, part);

    /// <summary>The first column that the group computes.</summary>
    public int FirstColumn<TGroup>()
        where TGroup : struct, IGroup =>
        Start + (part * AttentionTile<TGroup>.Size);

    /// <summary>The first column that the group computes of keys or values.</summary>
    public int FirstKeyColumn<TGroup>()
        where TGroup : struct, IGroup =>
        FirstColumn<TGroup>() + KeyShift;

    /// <summary>The columns as terms of sums.</summary>
    public Terms Terms<TGroup>()
        where TGroup : struct, IGroup =>
        new(Start, End, End, Extent.Known(size).IsFilledBy(TGroup.Depth));
}
