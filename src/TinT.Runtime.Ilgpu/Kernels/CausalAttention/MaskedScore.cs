using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Finishes;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Scores to a tile in shared memory, the smallest float where a query does not see a key.</summary>
/// <param name="weights">The tile.</param>
/// <param name="pitch">Floats from one of its rows to the next.</param>
/// <param name="score">Scores of the head.</param>
/// <param name="visibility">Which keys queries see.</param>
/// <param name="firstQuery">Query of the tile's first row.</param>
/// <param name="firstKey">Key of its first column.</param>
/// <param name="end">End of the queries.</param>
internal readonly struct MaskedScore(ArrayView<float> weights, int pitch, Score score, Visibility visibility, int firstQuery, int firstKey, int end) : IFinish
{
    private readonly ArrayView<float> weights = weights;
    private readonly int pitch = pitch, firstQuery = firstQuery, firstKey = firstKey, end = end;
    private readonly Score score = score;
    private readonly Visibility visibility = visibility;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum) =>
        weights[(row * pitch) + column] = visibility.Sees(firstQuery + row, firstKey + column, end)
            ? score.Of(sum, firstQuery + row, firstKey + column)
            : float.MinValue;
}
