using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Limits;

/// <summary>The fastest this machine multiplies and adds: twelve independent chains of vector multiply-adds in registers on every worker.</summary>
/// <param name="Iterations">Length of the chains.</param>
internal readonly record struct FusedMultiplyAddPeak(int Iterations) : IRowKernel
{
    private const int Chains = 12;

    /// <summary>Floating-point operations of one kernel row.</summary>
    public double OperationsPerRow => 2.0 * Chains * Iterations * (VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => Lanes512.Count,
        VectorWidth.Bits256 => Lanes256.Count,
        _ => Lanes128.Count,
    });

    /// <inheritdoc/>
    public void Run(int firstRow, int rowCount, int worker)
    {
        float sum = 0;
        for (int row = 0; row < rowCount; row++)
        {
            sum += VectorWidths.Widest switch
            {
                VectorWidth.Bits512 => Multiply<Lanes512>(Iterations),
                VectorWidth.Bits256 => Multiply<Lanes256>(Iterations),
                _ => Multiply<Lanes128>(Iterations),
            };
        }

        if (float.IsNaN(sum))
            throw new ArithmeticException("The chains converge to 1; they did not.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Multiply<TLanes>(int iterations)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes factor = TLanes.Broadcast(0.5f);
        TLanes x0 = TLanes.Zero, x1 = x0, x2 = x0, x3 = x0, x4 = x0, x5 = x0, x6 = x0, x7 = x0, x8 = x0, x9 = x0, x10 = x0, x11 = x0;
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            x0 = TLanes.MultiplyAdd(x0, factor, factor);
            x1 = TLanes.MultiplyAdd(x1, factor, factor);
            x2 = TLanes.MultiplyAdd(x2, factor, factor);
            x3 = TLanes.MultiplyAdd(x3, factor, factor);
            x4 = TLanes.MultiplyAdd(x4, factor, factor);
            x5 = TLanes.MultiplyAdd(x5, factor, factor);
            x6 = TLanes.MultiplyAdd(x6, factor, factor);
            x7 = TLanes.MultiplyAdd(x7, factor, factor);
            x8 = TLanes.MultiplyAdd(x8, factor, factor);
            x9 = TLanes.MultiplyAdd(x9, factor, factor);
            x10 = TLanes.MultiplyAdd(x10, factor, factor);
            x11 = TLanes.MultiplyAdd(x11, factor, factor);
        }

        return TLanes.Sum(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11);
    }
}
