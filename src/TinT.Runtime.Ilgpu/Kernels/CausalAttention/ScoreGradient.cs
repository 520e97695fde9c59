using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Finishes;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>A ∘ (∂A − Σ_j A ∘ ∂A) times the slope of scores, to a tile in shared memory.</summary>
/// <param name="weights">The tile.</param>
/// <param name="pitch">Floats from one of its rows to the next.</param>
/// <param name="weight">A.</param>
/// <param name="slopeSums">Σ_j A ∘ ∂A of each row.</param>
/// <param name="score">Scores of the head.</param>
internal readonly struct ScoreGradient(ArrayView<float> weights, int pitch, Weight weight, ArrayView<float> slopeSums, Score score) : IPairFinish
{
    private readonly ArrayView<float> weights = weights, slopeSums = slopeSums;
    private readonly int pitch = pitch;
    private readonly Weight weight = weight;
    private readonly Score score = score;

    /// <inheritdoc/>
    public void Store(int row, int column, float first, float second) =>
        weights[(row * pitch) + column] = weight.Of(row, column, first) * (second - slopeSums[row]) * score.Slope(first);
}
