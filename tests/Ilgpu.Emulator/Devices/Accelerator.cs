namespace ILGPU.Runtime;

/// <summary>An open device.</summary>
public abstract class Accelerator : IDisposable
{
    private protected Accelerator(Context context, Device device)
    {
        Context = context;
        Device = device;
    }

    /// <summary>Its context.</summary>
    public Context Context { get; }

    /// <summary>Its device.</summary>
    public Device Device { get; }

    /// <summary>What its driver calls it.</summary>
    public string Name => Device.Name;

    /// <summary>Its kind.</summary>
    public AcceleratorType AcceleratorType => Device.AcceleratorType;

    /// <summary>Threads that run in step.</summary>
    public int WarpSize => Device.WarpSize;

    /// <summary>The most threads that a group may have.</summary>
    public int MaxNumThreadsPerGroup => Device.MaxNumThreadsPerGroup;

    /// <summary>Multiprocessors.</summary>
    public int NumMultiprocessors => Device.NumMultiprocessors;

    /// <summary>Bytes of memory.</summary>
    public long MemorySize => Device.MemorySize;

    /// <summary>The stream that launches and transfers use unless told otherwise.</summary>
    public abstract AcceleratorStream DefaultStream { get; }

    /// <summary>Waits for all streams.</summary>
    public void Synchronize() => DefaultStream.Synchronize();

    /// <summary>Lets the calling thread use the device.</summary>
    public abstract void Bind();

    /// <summary>Allocates device memory, its contents undefined.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="length">Number of elements.</param>
    public abstract MemoryBuffer1D<T, Stride1D.Dense> Allocate1D<T>(long length)
        where T : unmanaged;

    /// <summary>Closes the device.</summary>
    public abstract void Dispose();
}
