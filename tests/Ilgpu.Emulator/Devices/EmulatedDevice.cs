namespace ILGPU.Runtime;

/// <summary>A GPU that exists in this emulator only; see <see cref="EmulatedMachine"/>.</summary>
/// <param name="name">What its driver would call it.</param>
/// <param name="type">CUDA or OpenCL.</param>
/// <param name="maxNumThreadsPerGroup">The most threads that a group may have.</param>
/// <param name="memorySize">Bytes of memory.</param>
public sealed class EmulatedDevice(string name, AcceleratorType type, int maxNumThreadsPerGroup, long memorySize)
    : Device(name, type, 32, maxNumThreadsPerGroup, memorySize)
{
    /// <summary>Whether ILGPU's CPU device opens in its place, as where a driver fails and nobody is told.</summary>
    public bool OpensAsCpu { get; init; }

    /// <summary>Multiprocessors.</summary>
    public int Processors
    {
        get => NumMultiprocessors;
        init => NumMultiprocessors = value;
    }

    /// <summary>Whether the machine has the library cuBLAS.</summary>
    public bool HasCuBlas { get; init; } = true;

    /// <inheritdoc/>
    public override Accelerator CreateAccelerator(Context context)
    {
        if (OpensAsCpu)
            return new EmulatedAccelerator(context, context.Devices.First(device => device.AcceleratorType == AcceleratorType.CPU));
        return AcceleratorType == AcceleratorType.Cuda ? new Cuda.CudaAccelerator(context, this) : new EmulatedAccelerator(context, this);
    }
}
