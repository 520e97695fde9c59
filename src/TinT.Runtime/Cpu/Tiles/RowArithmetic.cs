using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;

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

    /// <summary>
    /// destination = source − scale · product for some rows, product and difference rounded once each or fused, the same in every lane.
    /// </summary>
    /// <param name="product">[rows, columns], <paramref name="productStride"/> apart.</param>
    /// <param name="productStride">Row stride of the product.</param>
    /// <param name="scale">Learning rate.</param>
    /// <param name="source">Weights.</param>
    /// <param name="row">Row of the weights that is the product's first.</param>
    /// <param name="column">Column of the weights that is the product's first.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="destination">Matrix as large as the weights.</param>
    public static void Descend(
        float* product, nint productStride, float scale, WeightView source, int row, int column, int rows, int columns, MatrixView destination)
    {
        byte* weights = source.Address(row, column);
        float* updated = destination.Pointer + ((nint)row * destination.Stride) + column;
        switch (source.Storage)
        {
            case WeightStorage.BFloat16:
                Descend<BrainFormat>(product, productStride, scale, weights, source.StrideBytes, rows, columns, updated, destination.Stride);
                break;
            case WeightStorage.Float16:
                Descend<HalfFormat>(product, productStride, scale, weights, source.StrideBytes, rows, columns, updated, destination.Stride);
                break;
            default:
                Descend<SingleFormat>(product, productStride, scale, weights, source.StrideBytes, rows, columns, updated, destination.Stride);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Descend<TFormat>(
        float* product, nint productStride, float scale, byte* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
        where TFormat : struct, IWeightFormat
    {
        TLanes factor = TLanes.Broadcast(-scale);
        for (int row = 0; row < rows; row++)
        {
            int index = 0;
            for (; index <= columns - TLanes.Count; index += TLanes.Count)
            {
                TLanes before = TFormat.Load<TLanes>(source + ((nint)index * TFormat.Size));
                TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(product + index), before), destination + index);
            }

            for (; index < columns; index++)
                destination[index] = float.MultiplyAddEstimate(-scale, product[index], TFormat.LoadOne(source + ((nint)index * TFormat.Size)));
            product += productStride;
            source += sourceStride;
            destination += destinationStride;
        }
    }
}
