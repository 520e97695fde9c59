using BenchmarkDotNet.Attributes;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Benchmarks;

/// <summary>The products of one linear layer, on all cores.</summary>
public class ProductBenchmarks : IDisposable
{
    private Workers workers = new(1);
    private ProductCase product = new(1, 1, 1);

    /// <summary>Tokens × input width × output width.</summary>
    [Params("256x768x2304", "256x768x768", "256x768x3072", "256x3072x768", "256x768x50257", "256x128x128", "256x128x512")]
    public string Shape { get; set; } = "";

    /// <summary>Allocates operands.</summary>
    [GlobalSetup]
    public void Allocate()
    {
        workers.Dispose();
        product.Dispose();
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        workers = new Workers(Environment.ProcessorCount);
        product = new ProductCase(sizes[0], sizes[1], sizes[2]);
    }

    /// <summary>Frees operands.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        workers.Dispose();
        product.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>y = x Wᵀ + b.</summary>
    [Benchmark(Baseline = true)]
    public void Linear() => product.Linear(workers);

    /// <summary>y = y + x Wᵀ + b.</summary>
    [Benchmark]
    public void LinearAdd() => product.LinearAdd(workers);

    /// <summary>dx = dy W.</summary>
    [Benchmark]
    public void Backward() => product.Backward(workers);

    /// <summary>W − 1e-4 dyᵀ x.</summary>
    [Benchmark]
    public void Descent() => product.Descent(workers);
}
