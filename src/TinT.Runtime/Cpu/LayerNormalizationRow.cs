using System.Numerics;
using System.Runtime.InteropServices;

namespace TinT.Runtime.Cpu;

/// <summary>The two passes of the layer norm difference over a row.</summary>
internal static class LayerNormalizationRow
{
    /// <summary>Σ x̂ (γ − mean) and Σ (γ − mean)².</summary>
    public static void Moments(ReadOnlySpan<float> normalized, ReadOnlySpan<float> gradient, float mean, out float product, out float square)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(normalized);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        Vector<float> shift = new(mean);
        Vector<float> products = Vector<float>.Zero;
        Vector<float> squares = Vector<float>.Zero;
        for (int index = 0; index < g.Length; index++)
        {
            Vector<float> centred = g[index] - shift;
            products += x[index] * centred;
            squares += centred * centred;
        }

        product = Vector.Sum(products);
        square = Vector.Sum(squares);
        for (int index = g.Length * Vector<float>.Count; index < gradient.Length; index++)
        {
            float centred = gradient[index] - mean;
            product += normalized[index] * centred;
            square += centred * centred;
        }
    }

    /// <summary>result (+)= (γ − mean) · scale − x̂ · shrink.</summary>
    public static void Combine(
        ReadOnlySpan<float> gradient, float mean, float scale, ReadOnlySpan<float> normalized, float shrink, Span<float> result, bool accumulate)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(normalized);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        Span<Vector<float>> y = MemoryMarshal.Cast<float, Vector<float>>(result);
        Vector<float> shift = new(mean);
        for (int index = 0; index < g.Length; index++)
        {
            Vector<float> value = ((g[index] - shift) * scale) - (x[index] * shrink);
            y[index] = accumulate ? y[index] + value : value;
        }

        for (int index = g.Length * Vector<float>.Count; index < gradient.Length; index++)
        {
            float value = ((gradient[index] - mean) * scale) - (normalized[index] * shrink);
            result[index] = accumulate ? result[index] + value : value;
        }
    }
}
