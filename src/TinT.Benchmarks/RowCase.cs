using TinT.Runtime.Cpu;
using TinT.Runtime.Formulas;

namespace TinT.Benchmarks;

/// <summary>Operands of the row primitives.</summary>
internal sealed class RowCase
{
    private readonly float[] z;
    private readonly float[] gradient;
    private readonly float[] result;

    /// <summary>Allocates rows of a width.</summary>
    public RowCase(int width)
    {
        Random random = new(1);
        z = [.. Enumerable.Range(0, width).Select(_ => 4 * (random.NextSingle() - 0.5f))];
        gradient = [.. Enumerable.Range(0, width).Select(_ => 0.1f * (random.NextSingle() - 0.5f))];
        result = new float[width];
    }

    /// <summary>act(z).</summary>
    public void Forward<TActivation>()
        where TActivation : struct, IActivation => Elementwise.Forward<TActivation>(z, result);

    /// <summary>N · (act(z + g/N) − act(z)).</summary>
    public void Difference<TActivation>()
        where TActivation : struct, IActivation => Elementwise.Difference<TActivation>(z, gradient, 1000f, result);

    /// <summary>x̂.</summary>
    public void Normalize() => RowNorm.Normalize<LayerNorm>(z, 1e-5f, result);

    /// <summary>The layer norm difference.</summary>
    public void NormDifference() => RowNorm.TaylorDifference<LayerNorm>(z, 1f, gradient, 1000f, result, accumulate: false);

    /// <summary>Loss of a row of logits.</summary>
    public void Loss() => SoftmaxLoss.Loss(z, 1);

    /// <summary>Softmax of a row of logits, on a fresh copy.</summary>
    public void Softmax()
    {
        z.CopyTo(result, 0);
        SoftmaxLoss.Softmax(result, 1);
    }
}
