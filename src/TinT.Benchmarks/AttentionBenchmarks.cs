using BenchmarkDotNet.Attributes;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Benchmarks;

/// <summary>Attention over a sequence, on all cores.</summary>
public class AttentionBenchmarks : IDisposable
{
    private Workers workers = new(1);
    private AttentionCase attention = new(1, 1, 1);

    /// <summary>Tokens × width × heads.</summary>
    [Params("256x768x12", "1024x768x12", "256x128x4")]
    public string Shape { get; set; } = "";

    /// <summary>Allocates operands.</summary>
    [GlobalSetup]
    public void Allocate()
    {
        workers.Dispose();
        attention.Dispose();
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        workers = new Workers(Environment.ProcessorCount);
        attention = new AttentionCase(sizes[0], sizes[1], sizes[2]);
    }

    /// <summary>Frees operands.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        workers.Dispose();
        attention.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>c = A v.</summary>
    [Benchmark(Baseline = true)]
    public void Forward() => attention.Forward(workers);

    /// <summary>The gradient at the values.</summary>
    [Benchmark]
    public void BackwardValues() => attention.BackwardValues(workers);

    /// <summary>The whole gradient.</summary>
    [Benchmark]
    public void BackwardExact() => attention.BackwardExact(workers);
}
