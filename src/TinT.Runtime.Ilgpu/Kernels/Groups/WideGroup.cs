namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>Groups of 128 threads, for GPUs: products have tiles of 32 × 64 with 8 × 8 sums in each thread of four slices, attention of 64 × 64.</summary>
public readonly struct WideGroup : IGroup
{
    /// <inheritdoc/>
    public static int ThreadColumns => 16;

    /// <inheritdoc/>
    public static int ThreadRows => 8;

    /// <inheritdoc/>
    public static int BlockRows => 8;

    /// <inheritdoc/>
    public static int BlockColumns => 4;

    /// <inheritdoc/>
    public static int Depth => 16;

    /// <inheritdoc/>
    public static int SliceColumns => 8;

    /// <inheritdoc/>
    public static int SliceRows => 4;

    /// <inheritdoc/>
    public static int Slices => 4;

    /// <inheritdoc/>
    public static int ProductBlockRows => 8;

    /// <inheritdoc/>
    public static int ProductBlockColumns => 8;

    /// <inheritdoc/>
    public static int ProductDepth => 32;
}
