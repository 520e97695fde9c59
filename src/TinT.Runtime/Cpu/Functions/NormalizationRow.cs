using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>The passes of a norm over a row.</summary>
/// <typeparam name="TNorm">The norm.</typeparam>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="TElement">A vector of elements.</typeparam>
/// <typeparam name="TOne">One element.</typeparam>
/// <typeparam name="TRow">The row.</typeparam>
internal static class NormalizationRow<TNorm, TLanes, TElement, TOne, TRow>
    where TNorm : struct, INorm
    where TLanes : struct, ILanes<TLanes>
    where TElement : struct, IElement<TElement>
    where TOne : struct, IElement<TOne>
    where TRow : struct, INormalizedRow<TLanes, TElement, TOne>
{
    /// <summary>Normalizes the row; returns the inverse deviation.</summary>
    public static TOne Run(TRow row, int count, float epsilon)
    {
        TOne mean = row.Mean(TNorm.IsCentred ? Sum(row, count) / count : 0f);
        TOne inverseDeviation = TNorm.InverseDeviation(row.Squares(Squares(row, count, mean), count), count, epsilon);
        Scale(row, count, mean, row.Factor(inverseDeviation));
        return inverseDeviation;
    }

    /// <summary>Σ x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(TRow row, int count)
    {
        TLanes even = TLanes.Zero;
        TLanes odd = TLanes.Zero;
        int index = 0;
        for (; index <= count - (2 * TLanes.Count); index += 2 * TLanes.Count)
        {
            even += row.Part(row.Load(index));
            odd += row.Part(row.Load(index + TLanes.Count));
        }

        float sum = TLanes.Sum(even + odd);
        for (; index < count; index++)
            sum += row.PartOne(row.LoadOne(index));
        return sum;
    }

    /// <summary>Σ deviation².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Squares(TRow row, int count, TOne mean)
    {
        TElement shift = row.Broadcast(mean);
        TLanes even = TLanes.Zero;
        TLanes odd = TLanes.Zero;
        int index = 0;
        for (; index <= count - (2 * TLanes.Count); index += 2 * TLanes.Count)
        {
            TElement first = TNorm.Deviation(row.Load(index), shift);
            TElement second = TNorm.Deviation(row.Load(index + TLanes.Count), shift);
            even += row.Part(first * first);
            odd += row.Part(second * second);
        }

        float sum = TLanes.Sum(even + odd);
        for (; index < count; index++)
        {
            TOne deviation = TNorm.Deviation(row.LoadOne(index), mean);
            sum += row.PartOne(deviation * deviation);
        }

        return sum;
    }

    /// <summary>deviation · r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(TRow row, int count, TOne mean, TOne inverseDeviation)
    {
        TElement shift = row.Broadcast(mean);
        TElement factor = row.Broadcast(inverseDeviation);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            row.Store(TNorm.Deviation(row.Load(index), shift) * factor, index);
        for (; index < count; index++)
            row.StoreOne(TNorm.Deviation(row.LoadOne(index), mean) * inverseDeviation, index);
    }
}
