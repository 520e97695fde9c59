namespace TinT.Runtime.Execution;

/// <summary>How a CPU simulator runs.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Threads that share the work; by default one per processor. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
