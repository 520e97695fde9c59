using TinT.Runtime.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>∂p = sum ∘ act(z), ∂z = N (act(z + sum ∘ p/N) − act(z)).</summary>
/// <param name="gate">z.</param>
/// <param name="up">p.</param>
/// <param name="gateGradient">∂z.</param>
/// <param name="upGradient">∂p.</param>
/// <param name="taylorScale">N.</param>
/// <typeparam name="TActivation">The activation.</typeparam>
public readonly struct GateGradient<TActivation>(Matrix gate, Matrix up, Matrix gateGradient, Matrix upGradient, float taylorScale) : IFinish
    where TActivation : struct, IActivation
{
    private readonly Matrix gate = gate, up = up, gateGradient = gateGradient, upGradient = upGradient;
    private readonly float taylorScale = taylorScale;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (!gateGradient.Has(row, column))
            return;
        Moved<DeviceNumber> moved = Evaluation.Moved<TActivation>(gate.Values[gate.At(row, column)], sum * up.Values[up.At(row, column)], taylorScale);
        gateGradient.Values[gateGradient.At(row, column)] = moved.Change.Value;
        upGradient.Values[upGradient.At(row, column)] = sum * moved.Value.Value;
    }
}
