using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>Rotary positions, in place: bodies of kernels that run once for each pair of coordinates of each head.</summary>
public static class RotaryPositions
{
    /// <summary>(a, b) = (a cos − b sin, b cos + a sin).</summary>
    /// <param name="index">The pair.</param>
    /// <param name="x">[rows, heads · size].</param>
    /// <param name="positions">Positions, [rows].</param>
    /// <param name="cosines">[positions, pairs].</param>
    /// <param name="sines">[positions, pairs].</param>
    /// <param name="heads">Heads and their pairs.</param>
    public static void Turn(
        Index1D index,
        Matrix x,
        ArrayView1D<int, Stride1D.Dense> positions,
        ArrayView1D<float, Stride1D.Dense> cosines,
        ArrayView1D<float, Stride1D.Dense> sines,
        RotaryHeads heads) =>
        Turn(index, x, positions, cosines, sines, heads, 1f);

    /// <summary>(a, b) = (a cos + b sin, b cos − a sin).</summary>
    /// <param name="index">The pair.</param>
    /// <param name="x">[rows, heads · size].</param>
    /// <param name="positions">Positions, [rows].</param>
    /// <param name="cosines">[positions, pairs].</param>
    /// <param name="sines">[positions, pairs].</param>
    /// <param name="heads">Heads and their pairs.</param>
    public static void TurnBack(
        Index1D index,
        Matrix x,
        ArrayView1D<int, Stride1D.Dense> positions,
        ArrayView1D<float, Stride1D.Dense> cosines,
        ArrayView1D<float, Stride1D.Dense> sines,
        RotaryHeads heads) =>
        Turn(index, x, positions, cosines, sines, heads, -1f);

    private static void Turn(
        int index,
        Matrix x,
        ArrayView1D<int, Stride1D.Dense> positions,
        ArrayView1D<float, Stride1D.Dense> cosines,
        ArrayView1D<float, Stride1D.Dense> sines,
        RotaryHeads heads,
        float direction)
    {
        int pair = index % heads.Pairs;
        int rowAndHead = index / heads.Pairs;
        int row = rowAndHead / heads.Count;
        int angle = (positions[row] * heads.Pairs) + pair;
        float cosine = cosines[angle];
        float sine = direction * sines[angle];
        int first = x.At(row, (rowAndHead % heads.Count * heads.Size) + heads.First(pair));
        int second = first + heads.Distance;
        float a = x.Values[first];
        float b = x.Values[second];
        x.Values[first] = (a * cosine) - (b * sine);
        x.Values[second] = (b * cosine) + (a * sine);
    }
}
