using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Agreement.Comparison;

/// <summary>Compiled simulators that show what storing weights in 16 bits does.</summary>
/// <param name="Storage">How weights are stored.</param>
/// <param name="Narrow">The simulator that stores the model's weights so.</param>
/// <param name="OnRounded">The same in single precision with the matrices rounded to 16 bits: they compute the same.</param>
public sealed record NarrowSimulators(WeightStorage Storage, ISimulator Narrow, ISimulator OnRounded);
