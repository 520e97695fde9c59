using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Finishes;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Weights to a tile in shared memory.</summary>
/// <param name="weights">The tile.</param>
/// <param name="pitch">Floats from one of its rows to the next.</param>
/// <param name="weight">The weight of an element.</param>
internal readonly struct StoredWeight(ArrayView<float> weights, int pitch, Weight weight) : IFinish
{
    private readonly ArrayView<float> weights = weights;
    private readonly int pitch = pitch;
    private readonly Weight weight = weight;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum) => weights[(row * pitch) + column] = weight.Of(row, column, sum);
}
