using ILGPU.Runtime;

namespace Ilgpu.Checker.Devices;

/// <summary>A device of the processor.</summary>
/// <param name="name">Its name.</param>
/// <param name="threads">The most threads that a group may have.</param>
/// <param name="memory">Bytes of memory.</param>
[DeviceType(AcceleratorType.CPU)]
public sealed class CheckedCpuDevice(string name, int threads, long memory) : CheckedDevice(name, threads, memory);
