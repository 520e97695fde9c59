using System.ComponentModel;
using System.Numerics.Tensors;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu;

/// <summary>A norm of one row, x̂ = f(x), before gain and bias, and TinT's difference for its gradient.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RowNorm
{
    /// <summary>x̂ = f(x).</summary>
    /// <typeparam name="TNorm">The norm.</typeparam>
    /// <param name="x">The row, [D].</param>
    /// <param name="epsilon">ε, not negative.</param>
    /// <param name="normalized">x̂, [D]; may be <paramref name="x"/>.</param>
    /// <returns>The inverse deviation r; of layer norms 1 / √(ε + variance).</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Normalize<TNorm>(ReadOnlySpan<float> x, float epsilon, Span<float> normalized)
        where TNorm : struct, INorm
    {
        Shapes.RequireLength(nameof(Normalize), nameof(normalized), normalized.Length, x.Length);
        return x.IsEmpty ? 1f / MathF.Sqrt(epsilon) : Normalize<TNorm>(x, epsilon, normalized, VectorWidths.Widest);
    }

    /// <summary>y = x̂ ∘ gain + bias.</summary>
    /// <param name="normalized">x̂, [D].</param>
    /// <param name="gain">[D].</param>
    /// <param name="bias">[D].</param>
    /// <param name="y">[D].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Affine(ReadOnlySpan<float> normalized, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, Span<float> y)
    {
        Shapes.RequireLength(nameof(Affine), nameof(gain), gain.Length, normalized.Length);
        Shapes.RequireLength(nameof(Affine), nameof(bias), bias.Length, normalized.Length);
        Shapes.RequireLength(nameof(Affine), nameof(y), y.Length, normalized.Length);
        TensorPrimitives.MultiplyAdd(normalized, gain, bias, y);
    }

    /// <summary>N · (f(x + γ/N) − x̂), computed without the cancellation of that formula.</summary>
    /// <typeparam name="TNorm">The norm.</typeparam>
    /// <param name="normalized">x̂ = f(x), [D].</param>
    /// <param name="inverseDeviation">r, as <see cref="Normalize{TNorm}(ReadOnlySpan{float}, float, Span{float})"/> returned it.</param>
    /// <param name="gradient">γ, the gradient with respect to x̂: that of the output times the gain, [D].</param>
    /// <param name="taylorScale">N, positive.</param>
    /// <param name="result">The gradient with respect to x, [D]; must not overlap an operand, except that it may be <paramref name="gradient"/> if nothing is accumulated.</param>
    /// <param name="accumulate">Whether to add to <paramref name="result"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>
    /// Of a layer norm: with Y = (γ − mean γ) r the row x + γ/N has deviations (x̂ + Y/N) / r from its mean. Since mean x̂² = 1 − ε r², its variance v′
    /// obeys (v′ + ε) r² = 1 + e, e = 2 mean(x̂∘Y)/N + mean(Y²)/N², and the difference is
    /// (Y − x̂ N e / (1 + √(1 + e))) / √(1 + e).
    /// </remarks>
    public static void TaylorDifference<TNorm>(
        ReadOnlySpan<float> normalized, float inverseDeviation, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result, bool accumulate)
        where TNorm : struct, INorm
    {
        int length = normalized.Length;
        Shapes.RequireLength(nameof(TaylorDifference), nameof(gradient), gradient.Length, length);
        Shapes.RequireLength(nameof(TaylorDifference), nameof(result), result.Length, length);
        if (length == 0)
            return;

        TaylorDifference<TNorm>(normalized, inverseDeviation, gradient, taylorScale, result, accumulate, VectorWidths.Widest);
    }

    /// <summary>As <see cref="Normalize{TNorm}(ReadOnlySpan{float}, float, Span{float})"/> with vectors of the given width.</summary>
    internal static float Normalize<TNorm>(ReadOnlySpan<float> x, float epsilon, Span<float> normalized, VectorWidth width)
        where TNorm : struct, INorm
    {
        fixed (float* from = x, to = normalized)
        {
            return width switch
            {
                VectorWidth.Bits512 => Normalization<TNorm, Lanes512>.Normalize(from, x.Length, epsilon, to),
                VectorWidth.Bits256 => Normalization<TNorm, Lanes256>.Normalize(from, x.Length, epsilon, to),
                _ => Normalization<TNorm, Lanes128>.Normalize(from, x.Length, epsilon, to),
            };
        }
    }

    /// <summary>As the other overload with vectors of the given width.</summary>
    internal static void TaylorDifference<TNorm>(
        ReadOnlySpan<float> normalized, float inverseDeviation, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result, bool accumulate, VectorWidth width)
        where TNorm : struct, INorm
    {
        int length = normalized.Length;
        fixed (float* at = normalized, slope = gradient, to = result)
        {
            switch (width)
            {
                case VectorWidth.Bits512:
                    Normalization<TNorm, Lanes512>.Difference(at, inverseDeviation, slope, length, taylorScale, to, accumulate);
                    break;
                case VectorWidth.Bits256:
                    Normalization<TNorm, Lanes256>.Difference(at, inverseDeviation, slope, length, taylorScale, to, accumulate);
                    break;
                default:
                    Normalization<TNorm, Lanes128>.Difference(at, inverseDeviation, slope, length, taylorScale, to, accumulate);
                    break;
            }
        }
    }
}
