using TinT.Runtime.Ilgpu.Kernels.Finishes;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>A ∘ ∂A.</summary>
/// <param name="weight">A.</param>
internal readonly struct WeightedSlope(Weight weight) : IPairFunction
{
    private readonly Weight weight = weight;

    /// <inheritdoc/>
    public float Of(int row, int column, float first, float second) => weight.Of(row, column, first) * second;
}
