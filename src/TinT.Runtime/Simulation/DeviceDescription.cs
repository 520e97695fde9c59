namespace TinT.Runtime.Simulation;

/// <summary>A device that simulators can run on instead of the processor.</summary>
/// <param name="Name">What its driver calls it.</param>
/// <param name="Kind">One of <see cref="DeviceKinds"/>.</param>
/// <param name="MemorySize">Bytes of memory.</param>
/// <param name="MaxThreadsPerGroup">The most threads of a group.</param>
/// <param name="WarpSize">Threads that run in step.</param>
/// <param name="Processors">Multiprocessors.</param>
public sealed record DeviceDescription(string Name, string Kind, long MemorySize, int MaxThreadsPerGroup, int WarpSize, int Processors);
