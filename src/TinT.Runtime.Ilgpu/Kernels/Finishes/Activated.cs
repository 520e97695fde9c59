using TinT.Runtime.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y = sum, s = act(y).</summary>
/// <param name="y">The result.</param>
/// <param name="activated">s.</param>
/// <typeparam name="TActivation">The activation.</typeparam>
public readonly struct Activated<TActivation>(Matrix y, Matrix activated) : IFinish
    where TActivation : struct, IActivation
{
    private readonly Matrix y = y, activated = activated;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (!y.Has(row, column))
            return;
        y.Values[y.At(row, column)] = sum;
        activated.Values[activated.At(row, column)] = Evaluation.Value<TActivation>(sum);
    }
}
