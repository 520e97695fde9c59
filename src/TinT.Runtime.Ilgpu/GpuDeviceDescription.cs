namespace TinT.Runtime.Ilgpu;

/// <summary>A device that GPU simulators can run on.</summary>
/// <param name="Name">What its driver calls it.</param>
/// <param name="Kind"><c>cuda</c>, <c>opencl</c> or <c>ilgpu-cpu</c>.</param>
/// <param name="MemorySize">Bytes of memory.</param>
/// <param name="MaxNumThreadsPerGroup">The most threads of a group.</param>
public sealed record GpuDeviceDescription(string Name, string Kind, long MemorySize, int MaxNumThreadsPerGroup);
