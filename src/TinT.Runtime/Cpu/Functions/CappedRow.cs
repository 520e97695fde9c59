using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>Rows of bounded logits l = c tanh(z / c).</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class CappedRow<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>z → l.</summary>
    public static void Apply(float* row, int count, float cap) => Map(row, count, new Capped(cap));

    /// <summary>l → weight · softmax(l) · (1 − (l / c)²); returns −log p(target).</summary>
    public static double Softmax(float* row, int count, int target, float weight, float cap)
    {
        (float largest, double sum) = SoftmaxRow<TLanes>.Measure(row, count);
        double shifted = (double)row[target] - largest;
        Map(row, count, new SoftmaxSlope(largest, (float)(weight / sum), cap));
        return Math.Log(sum) - shifted;
    }

    /// <summary>l → (weight · l + constant) · (1 − (l / c)²).</summary>
    public static void Linear(float* row, int count, float weight, float constant, float cap) => Map(row, count, new LinearSlope(weight, constant, cap));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<TFunction>(float* row, int count, TFunction function)
        where TFunction : struct, IFunction
    {
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(function.Of(TLanes.Load(row + index)), row + index);
        if (index == count)
            return;
        float* rest = stackalloc float[TLanes.Count];
        for (int lane = 0; lane < TLanes.Count; lane++)
            rest[lane] = index + lane < count ? row[index + lane] : 0;
        TLanes.Store(function.Of(TLanes.Load(rest)), rest);
        for (int lane = 0; index + lane < count; lane++)
            row[index + lane] = rest[lane];
    }

    private interface IFunction
    {
        TLanes Of(TLanes x);
    }

    private readonly struct Capped(float cap) : IFunction
    {
        private readonly TLanes cap = TLanes.Broadcast(cap);
        private readonly TLanes inverse = TLanes.Broadcast(1f / cap);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of(TLanes x) => cap * SoftCap.Tanh(x * inverse);
    }

    private readonly struct SoftmaxSlope(float largest, float factor, float cap) : IFunction
    {
        private readonly TLanes largest = TLanes.Broadcast(largest);
        private readonly TLanes factor = TLanes.Broadcast(factor);
        private readonly TLanes inverse = TLanes.Broadcast(1f / cap);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of(TLanes x) => factor * ElementaryFunctions.Exp(x - largest) * Slope(x * inverse);
    }

    private readonly struct LinearSlope(float weight, float constant, float cap) : IFunction
    {
        private readonly TLanes weight = TLanes.Broadcast(weight);
        private readonly TLanes constant = TLanes.Broadcast(constant);
        private readonly TLanes inverse = TLanes.Broadcast(1f / cap);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of(TLanes x) => TLanes.MultiplyAdd(weight, x, constant) * Slope(x * inverse);
    }

    /// <summary>1 − t², as (1 − t) (1 + t), which does not cancel near ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Slope(TLanes t) => (TLanes.Broadcast(1f) - t) * (TLanes.Broadcast(1f) + t);
}
