using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y = c tanh((sum + b) / c).</summary>
/// <param name="bias">b, a float for each column.</param>
/// <param name="cap">c.</param>
/// <param name="y">The result.</param>
public readonly struct BiasAndCap(ArrayView1D<float, Stride1D.Dense> bias, float cap, Matrix y) : IFinish
{
    private readonly ArrayView1D<float, Stride1D.Dense> bias = bias;
    private readonly float cap = cap;
    private readonly Matrix y = y;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (y.Has(row, column))
            y.Values[y.At(row, column)] = cap * Evaluation.Tanh((sum + bias[column]) / cap);
    }
}
