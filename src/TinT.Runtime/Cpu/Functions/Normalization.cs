using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>A norm and its difference over one row.</summary>
/// <typeparam name="TNorm">The norm.</typeparam>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class Normalization<TNorm, TLanes>
    where TNorm : struct, INorm
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>x̂; returns the inverse deviation r.</summary>
    public static float Normalize(float* x, int count, float epsilon, float* normalized) =>
        NormalizationRow<TNorm, TLanes, TLanes, Number<float>, ValueRow<TLanes>>.Run(new(x, normalized), count, epsilon).Value;

    /// <summary>The Taylor difference.</summary>
    public static void Difference(float* normalized, float inverseDeviation, float* gradient, int count, float taylorScale, float* result, bool accumulate) =>
        NormalizationRow<TNorm, TLanes, Moved<TLanes>, Moved<Number<float>>, MovedRow<TLanes>>.Run(
            new(normalized, gradient, inverseDeviation, taylorScale, result, accumulate), count, epsilon: 0f);
}
