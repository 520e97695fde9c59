using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>How a CPU simulator runs.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The default of <see cref="TokensTogether"/>: products of so many rows run at full speed.</summary>
    public const int DefaultTokensTogether = 1024;

    /// <summary>Threads that share the work; by default one per processor. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// In the dual form of the update as many sequences of a batch run together, and share each product with the weights, as have
    /// this many tokens, those of all threads counted where threads run sequences side by side; at least one. Working memory grows with it. Results do
    /// not depend on it.
    /// </summary>
    public int TokensTogether { get; init; } = DefaultTokensTogether;

    /// <summary>
    /// Sequences of a batch run side by side, each thread with its own, if what a thread then needs beside the weights is at most this many
    /// bytes: kernels of small models are too short for several threads. 0 for never. Results do not depend on it.
    /// </summary>
    public long SideBySideBytes { get; init; } = 64L << 20;

    /// <summary>
    /// How the auxiliary model's matrices are kept in memory; biases, gains, the copies that inner steps update and all arithmetic are in single precision.
    /// Sixteen bits halve the memory of the weights and round each to 8 or 11 bits.
    /// </summary>
    public WeightStorage Weights { get; init; }

    /// <summary>Told how far loading is, after each tensor and on the thread that loads; <see langword="null"/> for nobody.</summary>
    public IProgress<LoadingProgress>? Loading { get; init; }
}
