using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Activations;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>Bodies of kernels that run once for each element.</summary>
public static class Elements
{
    /// <summary>y = x₁ + x₂.</summary>
    /// <param name="index">The element.</param>
    /// <param name="left">x₁.</param>
    /// <param name="right">x₂.</param>
    /// <param name="y">y.</param>
    public static void Add(Index1D index, Matrix left, Matrix right, Matrix y) =>
        y.Values[y.At(index)] = left.Values[left.At(index)] + right.Values[right.At(index)];

    /// <summary>s = act(z).</summary>
    /// <param name="index">The element.</param>
    /// <param name="preActivation">z.</param>
    /// <param name="activated">s.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void Activate<TActivation>(Index1D index, Matrix preActivation, Matrix activated)
        where TActivation : struct, IActivation =>
        activated.Values[activated.At(index)] = TActivation.Value(preActivation.Values[preActivation.At(index)]);

    /// <summary>∂z = N (act(z + ∂s/N) − act(z)).</summary>
    /// <param name="index">The element.</param>
    /// <param name="gradient">∂s.</param>
    /// <param name="preActivation">z.</param>
    /// <param name="result">∂z.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void Difference<TActivation>(Index1D index, Matrix gradient, Matrix preActivation, Matrix result, float taylorScale)
        where TActivation : struct, IActivation =>
        result.Values[result.At(index)] =
            TActivation.Difference(preActivation.Values[preActivation.At(index)], gradient.Values[gradient.At(index)], taylorScale);

    /// <summary>h_t = E[id_t] + Position[position_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="ids">Token ids, [T].</param>
    /// <param name="positions">Positions, [T].</param>
    /// <param name="tokenEmbedding">E, [vocabulary, width].</param>
    /// <param name="positionEmbedding">Position table, [positions, width].</param>
    /// <param name="hidden">h, [T, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="positionOffset">Row of the table of position 0.</param>
    public static void Embed(
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
}
