using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>Softmax of a row of logits.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class SoftmaxRow<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // Exponentials are summed in float over this many pairs of vectors at most and the parts in double, so that a sum over a vocabulary is good to
    // about 1e-7.
    private const int PairsPerPart = 32;

    /// <summary>In-place softmax; returns −log p(target).</summary>
    public static double Softmax(float* logits, int count, int target)
    {
        float largest = Largest(logits, count);
        double shifted = (double)logits[target] - largest;
        double sum = ExponentialSum(logits, logits, count, largest);
        RowArithmetic<TLanes>.Multiply(logits, (float)(1 / sum), logits, count);
        return Math.Log(sum) - shifted;
    }

    /// <summary>−log p(target).</summary>
    public static double Loss(float* logits, int count, int target)
    {
        (float largest, double sum) = Measure(logits, count);
        return Math.Log(sum) - ((double)logits[target] - largest);
    }

    /// <summary>The largest logit and Σ exp(logit − largest); the logits stay as they are.</summary>
    public static (float Largest, double Sum) Measure(float* logits, int count)
    {
        float largest = Largest(logits, count);
        return (largest, ExponentialSum(logits, null, count, largest));
    }

    /// <summary>The largest element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Largest(float* x, int count)
    {
        TLanes even = TLanes.Broadcast(float.NegativeInfinity);
        TLanes odd = even;
        int index = 0;
        for (; index <= count - (2 * TLanes.Count); index += 2 * TLanes.Count)
        {
            even = TLanes.Max(even, TLanes.Load(x + index));
            odd = TLanes.Max(odd, TLanes.Load(x + index + TLanes.Count));
        }

        float largest = TLanes.Largest(TLanes.Max(even, odd));
        for (; index < count; index++)
            largest = MathF.Max(largest, x[index]);
        return largest;
    }

    /// <summary>Σ exp(x − largest), each term also written to the destination if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ExponentialSum(float* source, float* destination, int count, float largest)
    {
        TLanes shift = TLanes.Broadcast(largest);
        double sum = 0;
        int index = 0;
        int pairs = count / (2 * TLanes.Count);
        while (pairs > 0)
        {
            TLanes even = TLanes.Zero;
            TLanes odd = TLanes.Zero;
            int part = Math.Min(pairs, PairsPerPart);
            for (int pair = 0; pair < part; pair++)
            {
                TLanes first = ElementaryFunctions.Exp(TLanes.Load(source + index) - shift);
                TLanes second = ElementaryFunctions.Exp(TLanes.Load(source + index + TLanes.Count) - shift);
                even += first;
                odd += second;
                if (destination is not null)
                {
                    TLanes.Store(first, destination + index);
                    TLanes.Store(second, destination + index + TLanes.Count);
                }

                index += 2 * TLanes.Count;
            }

            sum += TLanes.Sum(even + odd);
            pairs -= part;
        }

        float* rest = stackalloc float[TLanes.Count];
        while (index < count)
        {
            int filled = Math.Min(TLanes.Count, count - index);
            for (int lane = 0; lane < TLanes.Count; lane++)
                rest[lane] = lane < filled ? source[index + lane] : float.NegativeInfinity;
            TLanes.Store(ElementaryFunctions.Exp(TLanes.Load(rest) - shift), rest);
            for (int lane = 0; lane < filled; lane++)
            {
                sum += rest[lane];
                if (destination is not null)
                    destination[index + lane] = rest[lane];
            }

            index += filled;
        }

        return sum;
    }
}
