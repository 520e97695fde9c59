using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>
/// ∂x = N (f(x + γ / N) − x̂), the first-order Taylor difference of a norm without gain and bias, evaluated without cancellation from x̂ and r:
/// bodies of grouped kernels, one group for each row.
/// </summary>
public static class RowNormDifference
{
    /// <summary>∂x of γ = ∂x̂.</summary>
    /// <param name="gradient">γ, [rows, width].</param>
    /// <param name="normalized">x̂ at the same rows, [rows, width].</param>
    /// <param name="inverseDeviation">r at the same rows, [rows].</param>
    /// <param name="result">∂x, [rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TNorm">The norm.</typeparam>
    public static void Plain<TGroup, TNorm>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm =>
        Run<TGroup, TNorm>(gradient, normalized, inverseDeviation, default, default, result, width, taylorScale, scales: false, adds: false);

    /// <summary>residual + ∂x of γ = ∂x̂.</summary>
    /// <param name="gradient">γ, [rows, width].</param>
    /// <param name="normalized">x̂ at the same rows, [rows, width].</param>
    /// <param name="inverseDeviation">r at the same rows, [rows].</param>
    /// <param name="residual">What is added, [rows, width]; may be the result.</param>
    /// <param name="result">∂x, [rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TNorm">The norm.</typeparam>
    public static void Added<TGroup, TNorm>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> residual,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm =>
        Run<TGroup, TNorm>(gradient, normalized, inverseDeviation, default, residual, result, width, taylorScale, scales: false, adds: true);

    /// <summary>∂x of γ = ∂y ∘ gain.</summary>
    /// <param name="gradient">∂y, [rows, width].</param>
    /// <param name="normalized">x̂ at the same rows, [rows, width].</param>
    /// <param name="inverseDeviation">r at the same rows, [rows].</param>
    /// <param name="gain">[width].</param>
    /// <param name="result">∂x, [rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TNorm">The norm.</typeparam>
    public static void OfGain<TGroup, TNorm>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> gain,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm =>
        Run<TGroup, TNorm>(gradient, normalized, inverseDeviation, gain, default, result, width, taylorScale, scales: true, adds: false);

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
    /// <typeparam name="TNorm">The norm.</typeparam>
    public static void OfGainAdded<TGroup, TNorm>(
        ArrayView1D<float, Stride1D.Dense> gradient,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> gain,
        ArrayView1D<float, Stride1D.Dense> residual,
        ArrayView1D<float, Stride1D.Dense> result,
        int width,
        float taylorScale)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm =>
        Run<TGroup, TNorm>(gradient, normalized, inverseDeviation, gain, residual, result, width, taylorScale, scales: true, adds: true);

    private static void Run<TGroup, TNorm>(
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
        where TNorm : struct, INorm
    {
        ArrayView<float> shared = GroupSums.Allocate<TGroup>();
        int thread = Group.IdxX;
        int first = Grid.IdxX * width;

        // x = x̂/r + mean x has the norm that x̂ has with r² ε for ε, and x + γ/N that of x̂ + r γ/N. Of x̂ the mean is known to be 0, or is not taken, and the mean
        // square with r² ε to be 1: only their changes are summed. All changes are by r smaller than they are, and made up for at the end.
        float inverse = inverseDeviation[Grid.IdxX];
        float step = inverse / taylorScale;
        float meanChange = 0f;
        if (TNorm.IsCentred)
        {
            float sum = 0f;
            for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
                sum += Slope(gradient, gain, first, column, scales);
            meanChange = GroupSums.Sum<TGroup>(shared, thread, sum) / width;
        }

        Moved<DeviceNumber> mean = Element(0f, meanChange, step);
        float squaresChange = 0f;
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
        {
            Moved<DeviceNumber> deviation = TNorm.Deviation(Element(normalized[first + column], Slope(gradient, gain, first, column, scales), step), mean);
            squaresChange += (deviation * deviation).Change.Value;
        }

        Moved<DeviceNumber> moved = TNorm.InverseDeviation(Element(width, GroupSums.Sum<TGroup>(shared, thread, squaresChange), step), width, epsilon: 0);
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
        {
            Moved<DeviceNumber> deviation = TNorm.Deviation(Element(normalized[first + column], Slope(gradient, gain, first, column, scales), step), mean);
            float difference = (deviation * moved).Change.Value * inverse;
            result[first + column] = adds ? difference + residual[first + column] : difference;
        }
    }

    private static Moved<DeviceNumber> Element(float value, float change, float step) => new(new(value), new(change), new(step), default);

    private static float Slope(
        ArrayView1D<float, Stride1D.Dense> gradient, ArrayView1D<float, Stride1D.Dense> gain, int first, int column, bool scales) =>
        scales ? gradient[first + column] * gain[column] : gradient[first + column];
}
