namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>Groups of 16 threads, for devices that allow no more, such as ILGPU's own: all tiles are 16 × 16 with 4 × 4 sums in each thread.</summary>
public readonly struct NarrowGroup : IGroup
{
    /// <inheritdoc/>
    public static int ThreadColumns => 4;

    /// <inheritdoc/>
    public static int ThreadRows => 4;

    /// <inheritdoc/>
    public static int BlockRows => 4;

    /// <inheritdoc/>
    public static int BlockColumns => 4;

    /// <inheritdoc/>
    public static int Depth => 16;

    /// <inheritdoc/>
    public static int SliceColumns => 4;

    /// <inheritdoc/>
    public static int SliceRows => 4;

    /// <inheritdoc/>
    public static int Slices => 1;

    /// <inheritdoc/>
    public static int ProductBlockRows => 4;

    /// <inheritdoc/>
    public static int ProductBlockColumns => 4;

    /// <inheritdoc/>
    public static int ProductDepth => 16;
}
