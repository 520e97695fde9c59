using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>The passes of layer normalisation over a row.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class NormalizationRow<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Σ x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(float* x, int count)
    {
        TLanes even = TLanes.Zero;
        TLanes odd = TLanes.Zero;
        int index = 0;
        for (; index <= count - (2 * TLanes.Count); index += 2 * TLanes.Count)
        {
            even += TLanes.Load(x + index);
            odd += TLanes.Load(x + index + TLanes.Count);
        }

        float sum = TLanes.Sum(even + odd);
        for (; index < count; index++)
            sum += x[index];
        return sum;
    }

    /// <summary>Σ (x − mean)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Squares(float* x, int count, float mean)
    {
        TLanes shift = TLanes.Broadcast(mean);
        TLanes even = TLanes.Zero;
        TLanes odd = TLanes.Zero;
        int index = 0;
        for (; index <= count - (2 * TLanes.Count); index += 2 * TLanes.Count)
        {
            TLanes first = TLanes.Load(x + index) - shift;
            TLanes second = TLanes.Load(x + index + TLanes.Count) - shift;
            even = TLanes.MultiplyAdd(first, first, even);
            odd = TLanes.MultiplyAdd(second, second, odd);
        }

        float sum = TLanes.Sum(even + odd);
        for (; index < count; index++)
            sum += (x[index] - mean) * (x[index] - mean);
        return sum;
    }

    /// <summary>Σ x̂ (γ − mean).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Products(float* normalized, float* gradient, int count, float mean)
    {
        TLanes shift = TLanes.Broadcast(mean);
        TLanes even = TLanes.Zero;
        TLanes odd = TLanes.Zero;
        int index = 0;
        for (; index <= count - (2 * TLanes.Count); index += 2 * TLanes.Count)
        {
            even = TLanes.MultiplyAdd(TLanes.Load(normalized + index), TLanes.Load(gradient + index) - shift, even);
            odd = TLanes.MultiplyAdd(TLanes.Load(normalized + index + TLanes.Count), TLanes.Load(gradient + index + TLanes.Count) - shift, odd);
        }

        float sum = TLanes.Sum(even + odd);
        for (; index < count; index++)
            sum += normalized[index] * (gradient[index] - mean);
        return sum;
    }

    /// <summary>result = (x − mean) · scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Standardize(float* x, int count, float mean, float scale, float* result)
    {
        TLanes shift = TLanes.Broadcast(mean);
        TLanes factor = TLanes.Broadcast(scale);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store((TLanes.Load(x + index) - shift) * factor, result + index);
        for (; index < count; index++)
            result[index] = (x[index] - mean) * scale;
    }

    /// <summary>result = (γ − mean) · scale − x̂ · shrink, added to the result if wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(float* gradient, int count, float mean, float scale, float* normalized, float shrink, float* result, bool accumulate)
    {
        TLanes shift = TLanes.Broadcast(mean);
        TLanes factor = TLanes.Broadcast(scale);
        TLanes less = TLanes.Broadcast(shrink);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
        {
            TLanes value = ((TLanes.Load(gradient + index) - shift) * factor) - (TLanes.Load(normalized + index) * less);
            if (accumulate)
                value += TLanes.Load(result + index);
            TLanes.Store(value, result + index);
        }

        for (; index < count; index++)
        {
            float value = ((gradient[index] - mean) * scale) - (normalized[index] * shrink);
            result[index] = accumulate ? result[index] + value : value;
        }
    }
}
