namespace TinT.Runtime.Ilgpu.Kernels.Activations;

/// <summary>An activation on a device.</summary>
public interface IActivation
{
    /// <summary>act(z).</summary>
    /// <param name="z">z.</param>
    static abstract float Value(float z);

    /// <summary>N (act(z + g/N) − act(z)), without cancellation.</summary>
    /// <param name="z">z.</param>
    /// <param name="gradient">g.</param>
    /// <param name="taylorScale">N.</param>
    static abstract float Difference(float z, float gradient, float taylorScale);
}
