using TinT.Runtime.Formulas;

namespace TinT.Runtime.Ilgpu.Kernels.Formulas;

/// <summary>Activations on a device, from the formulas that all engines have.</summary>
internal static class Evaluation
{
    /// <summary>act(z).</summary>
    /// <param name="z">z.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static float Value<TActivation>(float z)
        where TActivation : struct, IActivation =>
        TActivation.Evaluate(new DeviceNumber(z)).Value;

    /// <summary>tanh x.</summary>
    /// <param name="x">x.</param>
    public static float Tanh(float x) => SoftCap.Tanh(new DeviceNumber(x)).Value;

    /// <summary>act(z) and N (act(z + g/N) − act(z)), without cancellation.</summary>
    /// <param name="z">z.</param>
    /// <param name="gradient">g.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static Moved<DeviceNumber> Moved<TActivation>(float z, float gradient, float taylorScale)
        where TActivation : struct, IActivation =>
        TActivation.Evaluate(new Moved<DeviceNumber>(new(z), new(gradient), new(1f / taylorScale), new(taylorScale)));
}
