using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>
/// ∂x = N (LN₀(x + γ / N) − x̂), the first-order Taylor difference of a layer norm without gain and bias, evaluated without cancellation from x̂ and r:
/// bodies of grouped kernels, one group for each row.
/// </summary>
public static class LayerNormDifference
{
    /// <summary>∂x of γ = ∂x̂.</summary>
    /// <param name="gradient">γ, [rows, width].</param>
    /// <param name="normalized">x̂ at the same rows, [rows, width].</param>
    /// <param name="inverseDeviation">r at the same rows, [rows].</param>
    /// <param name="result">∂x, [rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Plain<TGroup>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup =>
        Run<TGroup>(gradient, normalized, inverseDeviation, default, default, result, width, taylorScale, scales: false, adds: false);

    /// <summary>residual + ∂x of γ = ∂x̂.</summary>
    /// <param name="gradient">γ, [rows, width].</param>
    /// <param name="normalized">x̂ at the same rows, [rows, width].</param>
    /// <param name="inverseDeviation">r at the same rows, [rows].</param>
    /// <param name="residual">What is added, [rows, width]; may be the result.</param>
    /// <param name="result">∂x, [rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Added<TGroup>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> residual,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup =>
        Run<TGroup>(gradient, normalized, inverseDeviation, default, residual, result, width, taylorScale, scales: false, adds: true);

    /// <summary>∂x of γ = ∂y ∘ gain.</summary>
    /// <param name="gradient">∂y, [rows, width].</param>
    /// <param name="normalized">x̂ at the same rows, [rows, width].</param>
    /// <param name="inverseDeviation">r at the same rows, [rows].</param>
    /// <param name="gain">[width].</param>
    /// <param name="result">∂x, [rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void OfGain<TGroup>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> gain,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup =>
        Run<TGroup>(gradient, normalized, inverseDeviation, gain, default, result, width, taylorScale, scales: true, adds: false);

    /// <summary>residual + ∂x of γ = ∂y ∘ gain.</summary>
    /// <param name="gradient">∂y, [rows, width].</param>
    /// <param name="normalized">x̂ at the same rows, [rows, width].</param>
    /// <param name="inverseDeviation">r at the same rows, [rows].</param>
    /// <param name="gain">[width].</param>
    /// <param name="residual">What is added, [rows, width]; may be the result.</param>
    /// <param name="result">∂x, [rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void OfGainAdded<TGroup>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> gain,
        ArrayView1D<float, Stride1D.Dense> residual,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup =>
        Run<TGroup>(gradient, normalized, inverseDeviation, gain, residual, result, width, taylorScale, scales: true, adds: true);

    private static void Run<TGroup>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> gain,
        ArrayView1D<float, Stride1D.Dense> residual,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale,
        bool scales,
        bool adds)
        where TGroup : struct, IGroup
    {
        ArrayView<float> shared = GroupSums.Allocate<TGroup>();
        int thread = Group.IdxX;
        int row = Grid.IdxX;
        int first = row * width;
        float sum = 0f;
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
            sum += Slope(gradient, gain, first, column, scales);
        float mean = GroupSums.Sum<TGroup>(shared, thread, sum) / width;
        float products = 0f;
        float squares = 0f;
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
        {
            float deviation = Slope(gradient, gain, first, column, scales) - mean;
            products += normalized[first + column] * deviation;
            squares += deviation * deviation;
        }

        float product = GroupSums.Sum<TGroup>(shared, thread, products);
        float square = GroupSums.Sum<TGroup>(shared, thread, squares);

        // With y = (γ − mean γ) r / N the variance grows by the factor 1 + e; scaledE = N e.
        float inverse = inverseDeviation[row];
        float scaledE = ((2f * inverse * product) + (inverse * inverse * square / taylorScale)) / width;
        float root = XMath.Sqrt(XMath.Max(1e-12f, 1f + (scaledE / taylorScale)));
        float scale = inverse / root;
        float shrink = scaledE / ((1f + root) * root);
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
        {
            float difference = ((Slope(gradient, gain, first, column, scales) - mean) * scale) - (normalized[first + column] * shrink);
            result[first + column] = adds ? difference + residual[first + column] : difference;
        }
    }

    private static float Slope(
        ArrayView1D<float, Stride1D.Dense> gradient, ArrayView1D<float, Stride1D.Dense> gain, int first, int column, bool scales) =>
        scales ? gradient[first + column] * gain[column] : gradient[first + column];
}
