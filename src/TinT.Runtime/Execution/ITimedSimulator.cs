using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>A simulator compiled with a clock behind every kernel.</summary>
public interface ITimedSimulator : ISimulator
{
    /// <summary>Times of the kernels, by their numbers in the program.</summary>
    KernelClock Clock { get; }

    /// <summary>Memory that the simulator holds.</summary>
    MemoryUse MemoryUse { get; }
}
