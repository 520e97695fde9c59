using System.Runtime.CompilerServices;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>What is done with a row of a finished product.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class RowArithmetic<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>destination = product, or destination += product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(float* product, float* destination, int count, bool accumulate)
    {
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
        {
            TLanes value = TLanes.Load(product + index);
            if (accumulate)
                value += TLanes.Load(destination + index);
            TLanes.Store(value, destination + index);
        }

        for (; index < count; index++)
            destination[index] = accumulate ? destination[index] + product[index] : product[index];
    }

    /// <summary>destination = factor · product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* product, float factor, float* destination, int count)
    {
        TLanes factors = TLanes.Broadcast(factor);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TLanes.Load(product + index) * factors, destination + index);
        for (; index < count; index++)
            destination[index] = product[index] * factor;
    }

    /// <summary>values = (values + offset) · factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(float* values, float offset, float factor, int count)
    {
        TLanes offsets = TLanes.Broadcast(offset);
        TLanes factors = TLanes.Broadcast(factor);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store((TLanes.Load(values + index) + offsets) * factors, values + index);
        for (; index < count; index++)
            values[index] = (values[index] + offset) * factor;
    }

    /// <summary>destination = source − scale · product, product and difference rounded once each or fused, the same in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Descend(float* product, float scale, float* source, float* destination, int count)
    {
        TLanes factor = TLanes.Broadcast(-scale);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(product + index), TLanes.Load(source + index)), destination + index);
        for (; index < count; index++)
            destination[index] = float.MultiplyAddEstimate(-scale, product[index], source[index]);
    }
}
