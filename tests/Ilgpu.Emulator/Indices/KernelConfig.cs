namespace ILGPU;

/// <summary>Groups of a launch and threads of each group.</summary>
public readonly struct KernelConfig
{
    /// <summary>One dimension.</summary>
    /// <param name="gridDim">Groups.</param>
    /// <param name="groupDim">Threads of each group.</param>
    public KernelConfig(Index1D gridDim, Index1D groupDim)
        : this(new Index3D(gridDim.X, 1, 1), new Index3D(groupDim.X, 1, 1))
    {
    }

    /// <summary>Two dimensions.</summary>
    /// <param name="gridDim">Groups.</param>
    /// <param name="groupDim">Threads of each group.</param>
    public KernelConfig(Index2D gridDim, Index2D groupDim)
        : this(new Index3D(gridDim.X, gridDim.Y, 1), new Index3D(groupDim.X, groupDim.Y, 1))
    {
    }

    /// <summary>Three dimensions.</summary>
    /// <param name="gridDim">Groups.</param>
    /// <param name="groupDim">Threads of each group.</param>
    public KernelConfig(Index3D gridDim, Index3D groupDim)
    {
        GridDim = gridDim;
        GroupDim = groupDim;
    }

    /// <summary>Groups.</summary>
    public Index3D GridDim { get; }

    /// <summary>Threads of each group.</summary>
    public Index3D GroupDim { get; }

    /// <summary>All threads of the launch.</summary>
    public long Size => (long)GridDim.Size * GroupDim.Size;
}
