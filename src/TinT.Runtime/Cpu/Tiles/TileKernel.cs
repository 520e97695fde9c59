using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>The register-blocked micro-kernel: a tile of rows × vectors, C = A B or C = S + A B, or a step of that from weights, C = W − rate (…).</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="THeight">The rows; a row the tile does not have costs nothing, its branch is a constant.</typeparam>
/// <typeparam name="TWidth">The vectors of a row that are computed.</typeparam>
/// <typeparam name="TDescends">Whether it is such a step.</typeparam>
/// <remarks>
/// B is a packed panel: for each depth index the vectors of a row side by side. A is read where it is, or packed with rows <see cref="TileShape.DepthStride"/> floats apart.
/// Each element is one chain of fused multiply-adds over the depth, from 0: it depends neither on the tile's place nor on
/// its height nor on the vector's width.
/// A full tile of 6 × 4 vectors makes 24 multiply-adds of 10 loads; 12 × 2 needs 14 and is a tenth slower where cores share their
/// first-level cache with a neighbour.
/// </remarks>
internal static unsafe class TileKernel<TLanes, THeight, TWidth, TDescends>
    where TLanes : struct, ILanes<TLanes>
    where THeight : struct, ITileHeight
    where TWidth : struct, ITileWidth
    where TDescends : struct, ISwitch
{
    /// <summary>Multiplies one tile.</summary>
    /// <param name="operands">From the tile's first row on.</param>
    /// <param name="ahead">What to request from memory meanwhile.</param>
    // Compiled once with full optimisation: the first, unoptimised code of a tiered method keeps no vector in a register.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ref TileOperands operands, ref Prefetcher ahead)
    {
        int depth = operands.Depth;
        float* a = operands.Left;
        nint leftStride = operands.LeftStride;
        nint leftStep = operands.LeftStep;
        float* b = operands.Panel;

        // Before the sums exist: a call in their lifetime would send them to memory.
        int panelWidth = TLanes.PanelVectors * TLanes.Count;

        TLanes c00 = default, c01 = default, c02 = default, c03 = default;
        TLanes c10 = default, c11 = default, c12 = default, c13 = default;
        TLanes c20 = default, c21 = default, c22 = default, c23 = default;
        TLanes c30 = default, c31 = default, c32 = default, c33 = default;
        TLanes c40 = default, c41 = default, c42 = default, c43 = default;
        TLanes c50 = default, c51 = default, c52 = default, c53 = default;

        // Two pointers, so that every row is one of them, a register and a factor that an address can have.
        float* lower = a + (3 * leftStride);
        int step = TileShape.PrefetchDepth(depth);
        for (int left = depth; left > 0; left -= step)
        {
            ahead.Step();
            for (int index = Math.Min(step, left); index > 0; index--)
            {
                TLanes b0 = TLanes.Load(b);
                TLanes b1 = TWidth.Vectors > 1 ? TLanes.Load(b + TLanes.Count) : default;
                TLanes b2 = TWidth.Vectors > 2 ? TLanes.Load(b + (2 * TLanes.Count)) : default;
                TLanes b3 = TWidth.Vectors > 3 ? TLanes.Load(b + (3 * TLanes.Count)) : default;
                b += panelWidth;

                TLanes a0 = TLanes.Broadcast(*a);
                TLanes.Accumulate(a0, b0, ref c00);
                if (TWidth.Vectors > 1)
                    TLanes.Accumulate(a0, b1, ref c01);
                if (TWidth.Vectors > 2)
                    TLanes.Accumulate(a0, b2, ref c02);
                if (TWidth.Vectors > 3)
                    TLanes.Accumulate(a0, b3, ref c03);

                if (THeight.Rows > 1)
                {
                    TLanes a1 = TLanes.Broadcast(a[leftStride]);
                    TLanes.Accumulate(a1, b0, ref c10);
                    if (TWidth.Vectors > 1)
                        TLanes.Accumulate(a1, b1, ref c11);
                    if (TWidth.Vectors > 2)
                        TLanes.Accumulate(a1, b2, ref c12);
                    if (TWidth.Vectors > 3)
                        TLanes.Accumulate(a1, b3, ref c13);
                }

                if (THeight.Rows > 2)
                {
                    TLanes a2 = TLanes.Broadcast(a[2 * leftStride]);
                    TLanes.Accumulate(a2, b0, ref c20);
                    if (TWidth.Vectors > 1)
                        TLanes.Accumulate(a2, b1, ref c21);
                    if (TWidth.Vectors > 2)
                        TLanes.Accumulate(a2, b2, ref c22);
                    if (TWidth.Vectors > 3)
                        TLanes.Accumulate(a2, b3, ref c23);
                }

                if (THeight.Rows > 3)
                {
                    TLanes a3 = TLanes.Broadcast(*lower);
                    TLanes.Accumulate(a3, b0, ref c30);
                    if (TWidth.Vectors > 1)
                        TLanes.Accumulate(a3, b1, ref c31);
                    if (TWidth.Vectors > 2)
                        TLanes.Accumulate(a3, b2, ref c32);
                    if (TWidth.Vectors > 3)
                        TLanes.Accumulate(a3, b3, ref c33);
                }

                if (THeight.Rows > 4)
                {
                    TLanes a4 = TLanes.Broadcast(lower[leftStride]);
                    TLanes.Accumulate(a4, b0, ref c40);
                    if (TWidth.Vectors > 1)
                        TLanes.Accumulate(a4, b1, ref c41);
                    if (TWidth.Vectors > 2)
                        TLanes.Accumulate(a4, b2, ref c42);
                    if (TWidth.Vectors > 3)
                        TLanes.Accumulate(a4, b3, ref c43);
                }

                if (THeight.Rows > 5)
                {
                    TLanes a5 = TLanes.Broadcast(lower[2 * leftStride]);
                    TLanes.Accumulate(a5, b0, ref c50);
                    if (TWidth.Vectors > 1)
                        TLanes.Accumulate(a5, b1, ref c51);
                    if (TWidth.Vectors > 2)
                        TLanes.Accumulate(a5, b2, ref c52);
                    if (TWidth.Vectors > 3)
                        TLanes.Accumulate(a5, b3, ref c53);
                }

                a += leftStep;
                if (THeight.Rows > 3)
                    lower += leftStep;
            }
        }

        if (operands.Accumulate)
        {
            float* sums = operands.Sums;
            nint sumsStride = operands.SumsStride;
            Add(ref c00, ref c01, ref c02, ref c03, sums);
            if (THeight.Rows > 1)
                Add(ref c10, ref c11, ref c12, ref c13, sums + sumsStride);
            if (THeight.Rows > 2)
                Add(ref c20, ref c21, ref c22, ref c23, sums + (2 * sumsStride));
            if (THeight.Rows > 3)
                Add(ref c30, ref c31, ref c32, ref c33, sums + (3 * sumsStride));
            if (THeight.Rows > 4)
                Add(ref c40, ref c41, ref c42, ref c43, sums + (4 * sumsStride));
            if (THeight.Rows > 5)
                Add(ref c50, ref c51, ref c52, ref c53, sums + (5 * sumsStride));
        }

        if (TDescends.IsOn)
        {
            TLanes factor = TLanes.Broadcast(-operands.Rate);
            float* weights = operands.Weights;
            nint weightsStride = operands.WeightsStride;
            Descend(factor, ref c00, ref c01, ref c02, ref c03, weights);
            if (THeight.Rows > 1)
                Descend(factor, ref c10, ref c11, ref c12, ref c13, weights + weightsStride);
            if (THeight.Rows > 2)
                Descend(factor, ref c20, ref c21, ref c22, ref c23, weights + (2 * weightsStride));
            if (THeight.Rows > 3)
                Descend(factor, ref c30, ref c31, ref c32, ref c33, weights + (3 * weightsStride));
            if (THeight.Rows > 4)
                Descend(factor, ref c40, ref c41, ref c42, ref c43, weights + (4 * weightsStride));
            if (THeight.Rows > 5)
                Descend(factor, ref c50, ref c51, ref c52, ref c53, weights + (5 * weightsStride));
        }

        float* c = operands.Result;
        nint stride = operands.ResultStride;
        Store(c00, c01, c02, c03, c);
        if (THeight.Rows > 1)
            Store(c10, c11, c12, c13, c + stride);
        if (THeight.Rows > 2)
            Store(c20, c21, c22, c23, c + (2 * stride));
        if (THeight.Rows > 3)
            Store(c30, c31, c32, c33, c + (3 * stride));
        if (THeight.Rows > 4)
            Store(c40, c41, c42, c43, c + (4 * stride));
        if (THeight.Rows > 5)
            Store(c50, c51, c52, c53, c + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref TLanes c0, ref TLanes c1, ref TLanes c2, ref TLanes c3, float* c)
    {
        c0 += TLanes.Load(c);
        if (TWidth.Vectors > 1)
            c1 += TLanes.Load(c + TLanes.Count);
        if (TWidth.Vectors > 2)
            c2 += TLanes.Load(c + (2 * TLanes.Count));
        if (TWidth.Vectors > 3)
            c3 += TLanes.Load(c + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Descend(TLanes factor, ref TLanes c0, ref TLanes c1, ref TLanes c2, ref TLanes c3, float* weights)
    {
        c0 = TLanes.MultiplyAdd(factor, c0, TLanes.Load(weights));
        if (TWidth.Vectors > 1)
            c1 = TLanes.MultiplyAdd(factor, c1, TLanes.Load(weights + TLanes.Count));
        if (TWidth.Vectors > 2)
            c2 = TLanes.MultiplyAdd(factor, c2, TLanes.Load(weights + (2 * TLanes.Count)));
        if (TWidth.Vectors > 3)
            c3 = TLanes.MultiplyAdd(factor, c3, TLanes.Load(weights + (3 * TLanes.Count)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TLanes c0, TLanes c1, TLanes c2, TLanes c3, float* c)
    {
        TLanes.Store(c0, c);
        if (TWidth.Vectors > 1)
            TLanes.Store(c1, c + TLanes.Count);
        if (TWidth.Vectors > 2)
            TLanes.Store(c2, c + (2 * TLanes.Count));
        if (TWidth.Vectors > 3)
            TLanes.Store(c3, c + (3 * TLanes.Count));
    }
}
