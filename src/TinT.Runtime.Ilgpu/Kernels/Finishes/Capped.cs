using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y = c tanh(sum / c).</summary>
/// <param name="cap">c.</param>
/// <param name="y">The result.</param>
public readonly struct Capped(float cap, Matrix y) : IFinish
{
    private readonly float cap = cap;
    private readonly Matrix y = y;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (y.Has(row, column))
            y.Values[y.At(row, column)] = cap * Evaluation.Tanh(sum / cap);
    }
}
