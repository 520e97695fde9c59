namespace ILGPU.Runtime.CPU;

/// <summary>ILGPU's own CPU device.</summary>
public sealed class CPUDevice : Device
{
    /// <summary>The default device: 16 threads in a group.</summary>
    public static readonly CPUDevice Default = new(4, 4, 1);

    /// <summary>Sizes of an NVIDIA GPU: 1024 threads in a group.</summary>
    public static readonly CPUDevice Nvidia = new(32, 32, 1);

    /// <summary>A device.</summary>
    /// <param name="numThreadsPerWarp">Threads of a warp.</param>
    /// <param name="numWarpsPerMultiprocessor">Warps of a group.</param>
    /// <param name="numMultiprocessors">Groups that it would run at once.</param>
    public CPUDevice(int numThreadsPerWarp, int numWarpsPerMultiprocessor, int numMultiprocessors)
        : base("CPUAccelerator", AcceleratorType.CPU, numThreadsPerWarp, numThreadsPerWarp * numWarpsPerMultiprocessor, long.MaxValue) =>
        NumMultiprocessors = numMultiprocessors;

    /// <summary>Threads that it would run at once.</summary>
    public int NumThreads => MaxNumThreadsPerGroup * NumMultiprocessors;

    /// <inheritdoc/>
    public override Accelerator CreateAccelerator(Context context) => new EmulatedAccelerator(context, this);
}
