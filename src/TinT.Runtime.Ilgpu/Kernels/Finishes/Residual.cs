using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y = sum + residual.</summary>
/// <param name="residual">What is added; may be the result.</param>
/// <param name="y">The result.</param>
public readonly struct Residual(Matrix residual, Matrix y) : IFinish
{
    private readonly Matrix residual = residual, y = y;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (y.Has(row, column))
            y.Values[y.At(row, column)] = sum + residual.Values[residual.At(row, column)];
    }
}
