using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y = sum + b, s = act(y).</summary>
/// <param name="bias">b, a float for each column.</param>
/// <param name="y">The result.</param>
/// <param name="activated">s.</param>
/// <typeparam name="TActivation">The activation.</typeparam>
public readonly struct BiasAndActivation<TActivation>(ArrayView1D<float, Stride1D.Dense> bias, Matrix y, Matrix activated) : IFinish
    where TActivation : struct, IActivation
{
    private readonly ArrayView1D<float, Stride1D.Dense> bias = bias;
    private readonly Matrix y = y, activated = activated;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (!y.Has(row, column))
            return;
        float value = sum + bias[column];
        y.Values[y.At(row, column)] = value;
        activated.Values[activated.At(row, column)] = Evaluation.Value<TActivation>(value);
    }
}
