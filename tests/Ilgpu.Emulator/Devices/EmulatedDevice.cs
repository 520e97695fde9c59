namespace ILGPU.Runtime;

/// <summary>A GPU that exists in this emulator only; see <see cref="EmulatedMachine"/>.</summary>
/// <param name="name">What its driver would call it.</param>
/// <param name="type">CUDA or OpenCL.</param>
/// <param name="maxNumThreadsPerGroup">The most threads that a group may have.</param>
/// <param name="memorySize">Bytes of memory.</param>
public sealed class EmulatedDevice(string name, AcceleratorType type, int maxNumThreadsPerGroup, long memorySize)
    : Device(name, type, 32, maxNumThreadsPerGroup, memorySize)
{
    /// <inheritdoc/>
    public override Accelerator CreateAccelerator(Context context) => new EmulatedAccelerator(context, this);
}
