namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>Lines of a product's left operand.</summary>
/// <typeparam name="TGroup">Shape of the groups.</typeparam>
internal readonly struct LeftLines<TGroup> : ILines
    where TGroup : struct, IGroup
{
    /// <inheritdoc/>
    public static int Threads => TGroup.ThreadColumns * TGroup.ThreadRows;

    /// <inheritdoc/>
    public static int Size => ProductTile<TGroup>.Rows;

    /// <inheritdoc/>
    public static int Pitch => Size + 1;

    /// <inheritdoc/>
    public static int Depth => TGroup.ProductDepth;

    /// <inheritdoc/>
    public static int Loads => Size * Depth / Threads;
}
