using BenchmarkDotNet.Attributes;
using TinT.Runtime.Formulas;

namespace TinT.Benchmarks;

/// <summary>The row primitives, on one thread.</summary>
public class RowBenchmarks
{
    private readonly RowCase features = new(3072);
    private readonly RowCase hidden = new(768);
    private readonly RowCase logits = new(50257);

    /// <summary>GELU in its tanh form over 3072 features.</summary>
    [Benchmark]
    public void GeluTanhForward() => features.Forward<GeluTanh>();

    /// <summary>Its difference.</summary>
    [Benchmark]
    public void GeluTanhDifference() => features.Difference<GeluTanh>();

    /// <summary>ReLU over 3072 features.</summary>
    [Benchmark]
    public void ReluForward() => features.Forward<Relu>();

    /// <summary>Its difference.</summary>
    [Benchmark]
    public void ReluDifference() => features.Difference<Relu>();

    /// <summary>Layer normalization of 768.</summary>
    [Benchmark]
    public void Normalize() => hidden.Normalize();

    /// <summary>Its difference.</summary>
    [Benchmark]
    public void NormDifference() => hidden.NormDifference();

    /// <summary>Softmax over 50257 logits, with a copy.</summary>
    [Benchmark]
    public void Softmax() => logits.Softmax();

    /// <summary>Loss over 50257 logits.</summary>
    [Benchmark]
    public void Loss() => logits.Loss();
}
