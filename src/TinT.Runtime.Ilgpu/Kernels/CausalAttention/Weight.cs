using ILGPU;
using ILGPU.Algorithms;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>A = exp(score − largest) / total of the query's row, or 0 where a query does not see a key.</summary>
/// <param name="visibility">Which keys queries see.</param>
/// <param name="score">Scores of the head.</param>
/// <param name="firstQuery">Query of the tile's first row.</param>
/// <param name="firstKey">Key of its first column.</param>
/// <param name="end">End of the queries.</param>
/// <param name="largest">Largest score of each row.</param>
/// <param name="inverse">The inverse of each row's sum.</param>
internal readonly struct Weight(
    Visibility visibility, Score score, int firstQuery, int firstKey, int end, ArrayView<float> largest, ArrayView<float> inverse)
{
    private readonly Visibility visibility = visibility;
    private readonly Score score = score;
    private readonly int firstQuery = firstQuery, firstKey = firstKey, end = end;
    private readonly ArrayView<float> largest = largest, inverse = inverse;

    /// <summary>The weight of an element of the tile.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="sum">⟨q, k⟩.</param>
    public float Of(int row, int column, float sum)
    {
        float top = largest[row];
        float factor = inverse[row];
        return visibility.Sees(firstQuery + row, firstKey + column, end) ? XMath.Exp(score.Of(sum, firstQuery + row, firstKey + column) - top) * factor : 0f;
    }
}
