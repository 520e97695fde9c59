using ILGPU.Runtime;

namespace Ilgpu.Checker.Devices;

/// <summary>An OpenCL device.</summary>
/// <param name="name">What its driver would call it.</param>
/// <param name="threads">The most threads that a group may have.</param>
/// <param name="memory">Bytes of memory.</param>
[DeviceType(AcceleratorType.OpenCL)]
public sealed class CheckedOpenClDevice(string name, int threads, long memory) : CheckedDevice(name, threads, memory);
