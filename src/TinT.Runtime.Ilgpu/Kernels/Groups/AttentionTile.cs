namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>A square tile of attention: scores of so many queries and keys, or so many columns of a result.</summary>
/// <typeparam name="TGroup">Shape of the groups.</typeparam>
internal readonly struct AttentionTile<TGroup> : ITile
    where TGroup : struct, IGroup
{
    /// <inheritdoc/>
    public static int BlockRows => TGroup.BlockRows;

    /// <inheritdoc/>
    public static int BlockColumns => TGroup.BlockColumns;

    /// <inheritdoc/>
    public static int RowStep => TGroup.ThreadRows;

    /// <inheritdoc/>
    public static int ColumnStep => TGroup.ThreadColumns;

    /// <summary>Threads of a group.</summary>
    public static int Threads => TGroup.ThreadColumns * TGroup.ThreadRows;

    /// <summary>Rows and columns.</summary>
    public static int Size => TGroup.ThreadColumns * TGroup.BlockColumns;

    /// <summary>Floats from one line of a tile in shared memory to the next.</summary>
    public static int Pitch => Size + 1;

    /// <summary>Threads that share a row of scores.</summary>
    public static int RowLanes => Threads / Size;
}
