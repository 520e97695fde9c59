namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>A tile of a product.</summary>
/// <typeparam name="TGroup">Shape of the groups.</typeparam>
internal readonly struct ProductTile<TGroup> : ITile
    where TGroup : struct, IGroup
{
    /// <summary>Rows of threads' blocks whose sums slices hand over at once: what fits shared memory.</summary>
    public const int ExchangedRows = 4;

    /// <inheritdoc/>
    public static int BlockRows => TGroup.ProductBlockRows;

    /// <inheritdoc/>
    public static int BlockColumns => TGroup.ProductBlockColumns;

    /// <inheritdoc/>
    public static int RowStep => TGroup.SliceRows;

    /// <inheritdoc/>
    public static int ColumnStep => TGroup.SliceColumns;

    /// <summary>Rows of the tile.</summary>
    public static int Rows => TGroup.SliceRows * TGroup.ProductBlockRows;

    /// <summary>Columns of the tile.</summary>
    public static int Columns => TGroup.SliceColumns * TGroup.ProductBlockColumns;

    /// <summary>Terms in shared memory that are a slice's.</summary>
    public static int SliceDepth => TGroup.ProductDepth / TGroup.Slices;

    /// <summary>Floats of the left operand's lines in shared memory, behind which those of the right operand lie.</summary>
    public static int LeftFloats => TGroup.ProductDepth * LeftLines<TGroup>.Pitch;

    /// <summary>Floats from one row of what a slice hands over to the next: so many more than needed that the rows of threads do not meet in a bank.</summary>
    public static int ExchangePitch => Columns + TGroup.SliceColumns;

    /// <summary>Floats that a slice hands over at once; 0 if there is one only.</summary>
    public static int ExchangedFloats => TGroup.Slices == 1 ? 0 : TGroup.SliceRows * ExchangedRows * ExchangePitch;

    /// <summary>Floats of shared memory: the operands' lines, or what slices hand over.</summary>
    public static int SharedFloats => Math.Max(LeftFloats + (TGroup.ProductDepth * RightLines<TGroup>.Pitch), TGroup.Slices * ExchangedFloats);
}
