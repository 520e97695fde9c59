using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>What tokens start with: bodies of kernels that run once for each element.</summary>
public static class Embedding
{
    /// <summary>h_t = E[id_t] + Position[position_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="ids">Token ids, [T].</param>
    /// <param name="positions">Positions, [T].</param>
    /// <param name="tokenEmbedding">E, [vocabulary, width].</param>
    /// <param name="positionEmbedding">Position table, [positions, width].</param>
    /// <param name="hidden">h, [T, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="positionOffset">Row of the table of position 0.</param>
    public static void OfTokensAndPositions(
        Index1D index,
        ArrayView1D<int, Stride1D.Dense> ids,
        ArrayView1D<int, Stride1D.Dense> positions,
        ArrayView1D<float, Stride1D.Dense> tokenEmbedding,
        ArrayView1D<float, Stride1D.Dense> positionEmbedding,
        ArrayView1D<float, Stride1D.Dense> hidden,
        int width,
        int positionOffset)
    {
        int row = index / width;
        int column = index % width;
        hidden[index] = tokenEmbedding[(ids[row] * width) + column] + positionEmbedding[((positions[row] + positionOffset) * width) + column];
    }

    /// <summary>h_t = E[id_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="ids">Token ids, [T].</param>
    /// <param name="tokenEmbedding">E, [vocabulary, width].</param>
    /// <param name="hidden">h, [T, width].</param>
    /// <param name="width">Columns.</param>
    public static void OfTokens(
        Index1D index, ArrayView1D<int, Stride1D.Dense> ids, ArrayView1D<float, Stride1D.Dense> tokenEmbedding, ArrayView1D<float, Stride1D.Dense> hidden, int width) =>
        hidden[index] = Row(index, ids, tokenEmbedding, width, offset: 0);

    /// <summary>h_t = scale E[id_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="ids">Token ids, [T].</param>
    /// <param name="tokenEmbedding">E, [vocabulary, width].</param>
    /// <param name="hidden">h, [T, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="scale">The factor.</param>
    public static void OfScaledTokens(
        Index1D index, ArrayView1D<int, Stride1D.Dense> ids, ArrayView1D<float, Stride1D.Dense> tokenEmbedding, ArrayView1D<float, Stride1D.Dense> hidden, int width, float scale) =>
        hidden[index] = scale * Row(index, ids, tokenEmbedding, width, offset: 0);

    /// <summary>h_t = Position[position_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="positions">Positions, [T].</param>
    /// <param name="positionEmbedding">Position table, [positions, width].</param>
    /// <param name="hidden">h, [T, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="positionOffset">Row of the table of position 0.</param>
    public static void OfPositions(
        Index1D index,
        ArrayView1D<int, Stride1D.Dense> positions,
        ArrayView1D<float, Stride1D.Dense> positionEmbedding,
        ArrayView1D<float, Stride1D.Dense> hidden,
        int width,
        int positionOffset) =>
        hidden[index] = Row(index, positions, positionEmbedding, width, positionOffset);

    private static float Row(int index, ArrayView1D<int, Stride1D.Dense> rows, ArrayView1D<float, Stride1D.Dense> table, int width, int offset) =>
        table[((rows[index / width] + offset) * width) + (index % width)];
}
