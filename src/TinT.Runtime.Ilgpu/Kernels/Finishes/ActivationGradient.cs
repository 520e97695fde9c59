using TinT.Runtime.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>∂z = N (act(z + sum/N) − act(z)).</summary>
/// <param name="preActivation">z.</param>
/// <param name="result">∂z.</param>
/// <param name="taylorScale">N.</param>
/// <typeparam name="TActivation">The activation.</typeparam>
public readonly struct ActivationGradient<TActivation>(Matrix preActivation, Matrix result, float taylorScale) : IFinish
    where TActivation : struct, IActivation
{
    private readonly Matrix preActivation = preActivation, result = result;
    private readonly float taylorScale = taylorScale;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (result.Has(row, column))
            result.Values[result.At(row, column)] = Evaluation.Moved<TActivation>(preActivation.Values[preActivation.At(row, column)], sum, taylorScale).Change.Value;
    }
}
