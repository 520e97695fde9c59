namespace ILGPU.Runtime;

/// <summary>A device of the machine.</summary>
public abstract class Device
{
    private protected Device(string name, AcceleratorType type, int warpSize, int maxNumThreadsPerGroup, long memorySize)
    {
        Name = name;
        AcceleratorType = type;
        WarpSize = warpSize;
        MaxNumThreadsPerGroup = maxNumThreadsPerGroup;
        MemorySize = memorySize;
    }

    /// <summary>What its driver calls it.</summary>
    public string Name { get; }

    /// <summary>Its kind.</summary>
    public AcceleratorType AcceleratorType { get; }

    /// <summary>Threads that run in step.</summary>
    public int WarpSize { get; }

    /// <summary>The most threads that a group may have.</summary>
    public int MaxNumThreadsPerGroup { get; }

    /// <summary>Multiprocessors; a group runs on one of them.</summary>
    public int NumMultiprocessors { get; protected set; } = 1;

    /// <summary>Bytes of memory.</summary>
    public long MemorySize { get; }

    /// <summary>Bytes of shared memory that a group may have.</summary>
    public int MaxSharedMemoryPerGroup { get; private protected init; } = 48 << 10;

    /// <summary>Opens the device.</summary>
    /// <param name="context">Context that lists it.</param>
    public abstract Accelerator CreateAccelerator(Context context);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} [Type: {AcceleratorType}, WarpSize: {WarpSize}, MaxNumThreadsPerGroup: {MaxNumThreadsPerGroup}, MemorySize: {MemorySize}]");
}
