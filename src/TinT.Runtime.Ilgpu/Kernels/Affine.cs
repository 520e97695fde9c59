using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>What follows a norm: ∘ gain, and + β where there is one.</summary>
public readonly struct Affine
{
    private readonly ArrayView1D<float, Stride1D.Dense> gain, bias;
    private readonly bool biased;

    /// <summary>∘ gain.</summary>
    /// <param name="gain">[width].</param>
    public Affine(ArrayView1D<float, Stride1D.Dense> gain)
        : this(gain, gain, biased: false)
    {
    }

    /// <summary>∘ gain + β.</summary>
    /// <param name="gain">[width].</param>
    /// <param name="bias">β, [width].</param>
    public Affine(ArrayView1D<float, Stride1D.Dense> gain, ArrayView1D<float, Stride1D.Dense> bias)
        : this(gain, bias, biased: true)
    {
    }

    private Affine(ArrayView1D<float, Stride1D.Dense> gain, ArrayView1D<float, Stride1D.Dense> bias, bool biased) =>
        (this.gain, this.bias, this.biased) = (gain, bias, biased);

    /// <summary>The result at a column.</summary>
    /// <param name="normalized">x̂.</param>
    /// <param name="column">The column.</param>
    internal float Of(float normalized, int column) => biased ? (normalized * gain[column]) + bias[column] : normalized * gain[column];
}
