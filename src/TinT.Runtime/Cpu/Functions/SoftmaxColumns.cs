using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>What softmax needs of columns of logits, a vector of columns at a time.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class SoftmaxColumns<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The largest element m of each column and Σ exp(x − m).</summary>
    /// <param name="x">[rows, <see cref="ILanes{TSelf}.Count"/>].</param>
    /// <param name="stride">Row stride in floats.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="largest">One per column.</param>
    /// <param name="sum">One per column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce(float* x, nint stride, int rows, float* largest, float* sum)
    {
        TLanes even = TLanes.Load(x);
        TLanes odd = even;
        int row = 1;
        for (; row < rows - 1; row += 2)
        {
            even = TLanes.Max(even, TLanes.Load(x + (row * stride)));
            odd = TLanes.Max(odd, TLanes.Load(x + ((row + 1) * stride)));
        }

        if (row < rows)
            even = TLanes.Max(even, TLanes.Load(x + (row * stride)));
        TLanes shift = TLanes.Max(even, odd);
        TLanes evenSum = TLanes.Zero;
        TLanes oddSum = TLanes.Zero;
        for (row = 0; row < rows - 1; row += 2)
        {
            evenSum += ElementaryFunctions.Exp(TLanes.Load(x + (row * stride)) - shift);
            oddSum += ElementaryFunctions.Exp(TLanes.Load(x + ((row + 1) * stride)) - shift);
        }

        if (row < rows)
            evenSum += ElementaryFunctions.Exp(TLanes.Load(x + (row * stride)) - shift);
        TLanes.Store(shift, largest);
        TLanes.Store(evenSum + oddSum, sum);
    }
}
