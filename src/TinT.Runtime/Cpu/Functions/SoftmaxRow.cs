using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>Softmax of a row.</summary>
internal static unsafe class SoftmaxRow
{
    // Exponentials are summed in float over this many vectors at most and the parts in double, so that the sum over a vocabulary is good to about 1e-7.
    private const int VectorsPerPart = 64;

    /// <summary>In-place softmax; returns −log p(target).</summary>
    public static double Softmax(Span<float> logits, int target, VectorWidth width)
    {
        float max = TensorPrimitives.Max<float>(logits);
        double shifted = (double)logits[target] - max;
        double sum;
        fixed (float* row = logits)
        {
            sum = width switch
            {
                VectorWidth.Bits512 => ExpSum<Lanes512>(row, row, logits.Length, max),
                VectorWidth.Bits256 => ExpSum<Lanes256>(row, row, logits.Length, max),
                _ => ExpSum<Lanes128>(row, row, logits.Length, max),
            };
        }

        TensorPrimitives.Multiply(logits, (float)(1 / sum), logits);
        return Math.Log(sum) - shifted;
    }

    /// <summary>−log p(target).</summary>
    public static double Loss(ReadOnlySpan<float> logits, int target, VectorWidth width)
    {
        float max = TensorPrimitives.Max(logits);
        fixed (float* row = logits)
        {
            double sum = width switch
            {
                VectorWidth.Bits512 => ExpSum<Lanes512>(row, null, logits.Length, max),
                VectorWidth.Bits256 => ExpSum<Lanes256>(row, null, logits.Length, max),
                _ => ExpSum<Lanes128>(row, null, logits.Length, max),
            };
            return Math.Log(sum) - ((double)logits[target] - max);
        }
    }

    /// <summary>Σ exp(x − max), each term also written to the destination if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ExpSum<TLanes>(float* source, float* destination, int count, float max)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes shift = TLanes.Broadcast(max);
        double sum = 0;
        int index = 0;
        int whole = count - (count % TLanes.Count);
        while (index < whole)
        {
            int end = Math.Min(whole, index + (VectorsPerPart * TLanes.Count));
            TLanes part = TLanes.Zero;
            for (; index < end; index += TLanes.Count)
            {
                TLanes value = ElementaryFunctions.Exp(TLanes.Load(source + index) - shift);
                part += value;
                if (destination is not null)
                    TLanes.Store(value, destination + index);
            }

            sum += TLanes.Sum(part);
        }

        if (index == count)
            return sum;

        float* rest = stackalloc float[TLanes.Count];
        for (int lane = 0; lane < TLanes.Count; lane++)
            rest[lane] = index + lane < count ? source[index + lane] : float.NegativeInfinity;
        TLanes last = ElementaryFunctions.Exp(TLanes.Load(rest) - shift);
        TLanes.Store(last, rest);
        for (int lane = 0; lane < count - index; lane++)
        {
            sum += rest[lane];
            if (destination is not null)
                destination[index + lane] = rest[lane];
        }

        return sum;
    }
}
