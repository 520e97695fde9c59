using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>Layer normalisation and its difference over one row.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class Normalization<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // 1 + e is positive by construction; this only keeps rounding from making it 0 when a step cancels the row entirely.
    private const float SmallestRatio = 1e-12f;

    /// <summary>x̂ = LN₀(x); returns the inverse deviation.</summary>
    public static float Normalize(float* x, int count, float epsilon, float* normalized)
    {
        float mean = NormalizationRow<TLanes>.Sum(x, count) / count;
        float variance = NormalizationRow<TLanes>.Squares(x, count, mean) / count;
        float inverseDeviation = 1f / MathF.Sqrt(variance + epsilon);
        NormalizationRow<TLanes>.Standardize(x, count, mean, inverseDeviation, normalized);
        return inverseDeviation;
    }

    /// <summary>The Taylor difference, as <see cref="LayerNormalization"/> derives it.</summary>
    public static void Difference(float* normalized, float inverseDeviation, float* gradient, int count, float taylorScale, float* result, bool accumulate)
    {
        float mean = NormalizationRow<TLanes>.Sum(gradient, count) / count;
        float product = NormalizationRow<TLanes>.Products(normalized, gradient, count, mean);
        float square = NormalizationRow<TLanes>.Squares(gradient, count, mean);
        float scaledE = ((2f * inverseDeviation * product) + (inverseDeviation * inverseDeviation * square / taylorScale)) / count;
        float root = MathF.Sqrt(MathF.Max(SmallestRatio, 1f + (scaledE / taylorScale)));
        NormalizationRow<TLanes>.Combine(
            gradient, count, mean, inverseDeviation / root, normalized, scaledE / ((1f + root) * root), result, accumulate);
    }
}
