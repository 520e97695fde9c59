namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>Lines of an operand of attention.</summary>
/// <typeparam name="TGroup">Shape of the groups.</typeparam>
internal readonly struct AttentionLines<TGroup> : ILines
    where TGroup : struct, IGroup
{
    /// <inheritdoc/>
    public static int Threads => AttentionTile<TGroup>.Threads;

    /// <inheritdoc/>
    public static int Size => AttentionTile<TGroup>.Size;

    /// <inheritdoc/>
    public static int Pitch => AttentionTile<TGroup>.Pitch;

    /// <inheritdoc/>
    public static int Depth => TGroup.Depth;

    /// <inheritdoc/>
    public static int Loads => Size * Depth / Threads;
}
