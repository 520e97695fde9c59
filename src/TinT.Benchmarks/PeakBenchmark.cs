using BenchmarkDotNet.Attributes;
using TinT.Runtime.Cpu.Limits;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Benchmarks;

/// <summary>What the machine can do: divide the operations of <see cref="FusedMultiplyAddPeak"/> by the time.</summary>
public class PeakBenchmark : IDisposable
{
    private Workers workers = new(1);

    /// <summary>Starts the workers.</summary>
    [GlobalSetup]
    public void Start()
    {
        workers.Dispose();
        workers = new Workers(Environment.ProcessorCount);
    }

    /// <summary>Stops the workers.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        workers.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A row of 100 000 steps for every worker.</summary>
    [Benchmark]
    public void Peak() => workers.Run(new FusedMultiplyAddPeak(100_000), workers.Count, 1);
}
