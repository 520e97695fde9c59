using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Ilgpu.Checker.Loading;

namespace Ilgpu.Checker.Devices;

/// <summary>A device of ILGPU that exists in this checker only: its kernels run on the processor, one thread after another, with every rule checked.</summary>
public abstract class CheckedDevice : Device
{
    private protected CheckedDevice(string name, int threads, long memory)
    {
        Name = name;
        MemorySize = memory;
        MaxNumThreadsPerGroup = threads;
        MaxNumThreadsPerMultiprocessor = threads;
        MaxGroupSize = new Index3D(threads, threads, threads);
        MaxGridSize = new Index3D(int.MaxValue, ushort.MaxValue, ushort.MaxValue);
        MaxSharedMemoryPerGroup = 48 << 10;
        MaxConstantMemory = 64 << 10;
        WarpSize = 32;
        NumMultiprocessors = 1;
        Capabilities = new CudaCapabilityContext(CheckedBackend.Architecture);
    }

    /// <summary>Multiprocessors.</summary>
    public int Multiprocessors
    {
        get => NumMultiprocessors;
        init => NumMultiprocessors = value;
    }

    /// <summary>What opens in its place, as where a driver fails and nobody is told.</summary>
    public CheckedDevice? OpensAs { get; init; }

    /// <inheritdoc/>
    public override Accelerator CreateAccelerator(Context context) => new CheckedAccelerator(context, OpensAs ?? this);
}
