using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y = sum in rows that are trained, and 0 in others.</summary>
/// <param name="y">The result.</param>
/// <param name="trained">1 where a row is trained, else 0.</param>
internal readonly struct TrainedResult(Matrix y, ArrayView1D<float, Stride1D.Dense> trained) : IFinish
{
    private readonly Matrix y = y;
    private readonly ArrayView1D<float, Stride1D.Dense> trained = trained;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (y.Has(row, column))
            y.Values[y.At(row, column)] = trained[row] != 0f ? sum : 0f;
    }
}
