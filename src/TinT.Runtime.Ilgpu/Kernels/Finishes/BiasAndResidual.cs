using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y = sum + b + residual.</summary>
/// <param name="bias">b, a float for each column.</param>
/// <param name="residual">What is added; may be the result.</param>
/// <param name="y">The result.</param>
public readonly struct BiasAndResidual(ArrayView1D<float, Stride1D.Dense> bias, Matrix residual, Matrix y) : IFinish
{
    private readonly ArrayView1D<float, Stride1D.Dense> bias = bias;
    private readonly Matrix residual = residual, y = y;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (y.Has(row, column))
            y.Values[y.At(row, column)] = sum + bias[column] + residual.Values[residual.At(row, column)];
    }
}
