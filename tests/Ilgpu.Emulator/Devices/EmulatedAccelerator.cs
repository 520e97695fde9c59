using System.Runtime.CompilerServices;
using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>A device that runs kernels here.</summary>
public class EmulatedAccelerator : Accelerator
{
    [ThreadStatic]
    private static EmulatedAccelerator? bound;

    private readonly EmulatedStream stream;
    private readonly List<MemoryBlock> blocks = [];
    private long used;
    private bool disposed;

    internal EmulatedAccelerator(Context context, Device device)
        : base(context, device)
    {
        if (!context.Devices.Contains(device))
            throw new ArgumentException($"{device.Name} is not a device of this context.", nameof(device));
        stream = new EmulatedStream(this);
        bound = this;
    }

    /// <inheritdoc/>
    public override AcceleratorStream DefaultStream => stream;

    /// <inheritdoc/>
    public override void Bind() => bound = this;

    /// <inheritdoc/>
    public override MemoryBuffer1D<T, Stride1D.Dense> Allocate1D<T>(long length)
    {
        CheckBound();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long bytes = length * Unsafe.SizeOf<T>();
        blocks.RemoveAll(freed => freed.Disposed);
        used = blocks.Sum(block => block.ByteLength);
        if (used + bytes > MemorySize)
            throw new AcceleratorException(FormattableString.Invariant($"Out of memory: {Name} has {MemorySize} bytes, {used} are in use and {bytes} were asked for."));
        var block = new MemoryBlock(FormattableString.Invariant($"the buffer of {length} {typeof(T).Name}"), MemorySpace.Device, length, Unsafe.SizeOf<T>());
        blocks.Add(block);
        DeviceRecorder.Allocated(used + bytes);
        return new MemoryBuffer1D<T, Stride1D.Dense>(block);
    }

    /// <summary>Fails on a thread that has not bound the device.</summary>
    internal void CheckBound()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (bound != this)
            throw new InvalidOperationException($"{Name} is not bound to this thread; call Accelerator.Bind() first.");
    }

    /// <summary>The block that an address lies in.</summary>
    internal unsafe MemoryBlock? Find(void* address)
    {
        foreach (MemoryBlock block in blocks)
        {
            if (block.Contains(address))
                return block;
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        disposed = true;
        foreach (MemoryBlock block in blocks)
            block.Free();
        GC.SuppressFinalize(this);
    }
}
