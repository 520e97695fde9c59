using System.Runtime.CompilerServices;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>The register-blocked micro-kernel: a tile of rows × two vectors, C = A B or C += A B.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="THeight">The rows; a row the tile does not have costs nothing, its branch is a constant.</typeparam>
/// <remarks>
/// Operands are packed. A holds its rows one after another, <see cref="TileShape.DepthStride"/> floats apart, so that every
/// broadcast is one base register plus a constant. B is a panel: for each depth index two vectors side by side.
/// Each element is one chain of fused multiply-adds over the depth, from 0: it depends neither on the tile's place nor on
/// its height nor on the vector's width.
/// </remarks>
internal static unsafe class TileKernel<TLanes, THeight>
    where TLanes : struct, ILanes<TLanes>
    where THeight : struct, ITileHeight
{
    private const int Stride = TileShape.DepthStride;

    /// <summary>Multiplies one tile.</summary>
    /// <param name="depth">Length of the sums, at most <see cref="TileShape.Depth"/>.</param>
    /// <param name="a">[rows, depth], row stride <see cref="TileShape.DepthStride"/>.</param>
    /// <param name="b">[depth, two vectors].</param>
    /// <param name="c">[rows, two vectors], row stride <paramref name="stride"/>.</param>
    /// <param name="stride">Row stride of <paramref name="c"/> in floats.</param>
    /// <param name="narrow">Whether only the first vector of each row is wanted; the second becomes 0, or stays when accumulating.</param>
    /// <param name="accumulate">Whether the product is added to <paramref name="c"/> or replaces it.</param>
    /// <param name="ahead">What to request from memory meanwhile.</param>
    // Compiled once with full optimisation: the first, unoptimised code of a tiered method keeps no vector in a register.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int depth, float* a, float* b, float* c, int stride, bool narrow, bool accumulate, ref Prefetcher ahead)
    {
        TLanes c00 = TLanes.Zero, c01 = TLanes.Zero;
        TLanes c10 = TLanes.Zero, c11 = TLanes.Zero;
        TLanes c20 = TLanes.Zero, c21 = TLanes.Zero;
        TLanes c30 = TLanes.Zero, c31 = TLanes.Zero;
        TLanes c40 = TLanes.Zero, c41 = TLanes.Zero;
        TLanes c50 = TLanes.Zero, c51 = TLanes.Zero;
        TLanes c60 = TLanes.Zero, c61 = TLanes.Zero;
        TLanes c70 = TLanes.Zero, c71 = TLanes.Zero;
        TLanes c80 = TLanes.Zero, c81 = TLanes.Zero;
        TLanes c90 = TLanes.Zero, c91 = TLanes.Zero;
        TLanes c100 = TLanes.Zero, c101 = TLanes.Zero;
        TLanes c110 = TLanes.Zero, c111 = TLanes.Zero;

        float* end = a + depth;
        while (a < end)
        {
            ahead.Step();
            float* part = a + Math.Min(TileShape.PrefetchDepth, end - a);
            if (narrow)
            {
                while (a < part)
                {
                    TLanes b0 = TLanes.Load(b);
                    b += 2 * TLanes.Count;

                    TLanes.Accumulate(TLanes.Broadcast(*a), b0, ref c00);
                    if (THeight.Rows > 1)
                        TLanes.Accumulate(TLanes.Broadcast(a[Stride]), b0, ref c10);
                    if (THeight.Rows > 2)
                        TLanes.Accumulate(TLanes.Broadcast(a[2 * Stride]), b0, ref c20);
                    if (THeight.Rows > 3)
                        TLanes.Accumulate(TLanes.Broadcast(a[3 * Stride]), b0, ref c30);
                    if (THeight.Rows > 4)
                        TLanes.Accumulate(TLanes.Broadcast(a[4 * Stride]), b0, ref c40);
                    if (THeight.Rows > 5)
                        TLanes.Accumulate(TLanes.Broadcast(a[5 * Stride]), b0, ref c50);
                    if (THeight.Rows > 6)
                        TLanes.Accumulate(TLanes.Broadcast(a[6 * Stride]), b0, ref c60);
                    if (THeight.Rows > 7)
                        TLanes.Accumulate(TLanes.Broadcast(a[7 * Stride]), b0, ref c70);
                    if (THeight.Rows > 8)
                        TLanes.Accumulate(TLanes.Broadcast(a[8 * Stride]), b0, ref c80);
                    if (THeight.Rows > 9)
                        TLanes.Accumulate(TLanes.Broadcast(a[9 * Stride]), b0, ref c90);
                    if (THeight.Rows > 10)
                        TLanes.Accumulate(TLanes.Broadcast(a[10 * Stride]), b0, ref c100);
                    if (THeight.Rows > 11)
                        TLanes.Accumulate(TLanes.Broadcast(a[11 * Stride]), b0, ref c110);

                    a++;
                }
            }

            while (a < part)
            {
                TLanes b0 = TLanes.Load(b);
                TLanes b1 = TLanes.Load(b + TLanes.Count);
                b += 2 * TLanes.Count;

                TLanes a0 = TLanes.Broadcast(*a);
                TLanes.Accumulate(a0, b0, ref c00);
                TLanes.Accumulate(a0, b1, ref c01);

                if (THeight.Rows > 1)
                {
                    TLanes a1 = TLanes.Broadcast(a[Stride]);
                    TLanes.Accumulate(a1, b0, ref c10);
                    TLanes.Accumulate(a1, b1, ref c11);
                }

                if (THeight.Rows > 2)
                {
                    TLanes a2 = TLanes.Broadcast(a[2 * Stride]);
                    TLanes.Accumulate(a2, b0, ref c20);
                    TLanes.Accumulate(a2, b1, ref c21);
                }

                if (THeight.Rows > 3)
                {
                    TLanes a3 = TLanes.Broadcast(a[3 * Stride]);
                    TLanes.Accumulate(a3, b0, ref c30);
                    TLanes.Accumulate(a3, b1, ref c31);
                }

                if (THeight.Rows > 4)
                {
                    TLanes a4 = TLanes.Broadcast(a[4 * Stride]);
                    TLanes.Accumulate(a4, b0, ref c40);
                    TLanes.Accumulate(a4, b1, ref c41);
                }

                if (THeight.Rows > 5)
                {
                    TLanes a5 = TLanes.Broadcast(a[5 * Stride]);
                    TLanes.Accumulate(a5, b0, ref c50);
                    TLanes.Accumulate(a5, b1, ref c51);
                }

                if (THeight.Rows > 6)
                {
                    TLanes a6 = TLanes.Broadcast(a[6 * Stride]);
                    TLanes.Accumulate(a6, b0, ref c60);
                    TLanes.Accumulate(a6, b1, ref c61);
                }

                if (THeight.Rows > 7)
                {
                    TLanes a7 = TLanes.Broadcast(a[7 * Stride]);
                    TLanes.Accumulate(a7, b0, ref c70);
                    TLanes.Accumulate(a7, b1, ref c71);
                }

                if (THeight.Rows > 8)
                {
                    TLanes a8 = TLanes.Broadcast(a[8 * Stride]);
                    TLanes.Accumulate(a8, b0, ref c80);
                    TLanes.Accumulate(a8, b1, ref c81);
                }

                if (THeight.Rows > 9)
                {
                    TLanes a9 = TLanes.Broadcast(a[9 * Stride]);
                    TLanes.Accumulate(a9, b0, ref c90);
                    TLanes.Accumulate(a9, b1, ref c91);
                }

                if (THeight.Rows > 10)
                {
                    TLanes a10 = TLanes.Broadcast(a[10 * Stride]);
                    TLanes.Accumulate(a10, b0, ref c100);
                    TLanes.Accumulate(a10, b1, ref c101);
                }

                if (THeight.Rows > 11)
                {
                    TLanes a11 = TLanes.Broadcast(a[11 * Stride]);
                    TLanes.Accumulate(a11, b0, ref c110);
                    TLanes.Accumulate(a11, b1, ref c111);
                }

                a++;
            }
        }

        Store(c00, c01, c, accumulate);
        if (THeight.Rows > 1)
            Store(c10, c11, c + stride, accumulate);
        if (THeight.Rows > 2)
            Store(c20, c21, c + (2 * stride), accumulate);
        if (THeight.Rows > 3)
            Store(c30, c31, c + (3 * stride), accumulate);
        if (THeight.Rows > 4)
            Store(c40, c41, c + (4 * stride), accumulate);
        if (THeight.Rows > 5)
            Store(c50, c51, c + (5 * stride), accumulate);
        if (THeight.Rows > 6)
            Store(c60, c61, c + (6 * stride), accumulate);
        if (THeight.Rows > 7)
            Store(c70, c71, c + (7 * stride), accumulate);
        if (THeight.Rows > 8)
            Store(c80, c81, c + (8 * stride), accumulate);
        if (THeight.Rows > 9)
            Store(c90, c91, c + (9 * stride), accumulate);
        if (THeight.Rows > 10)
            Store(c100, c101, c + (10 * stride), accumulate);
        if (THeight.Rows > 11)
            Store(c110, c111, c + (11 * stride), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TLanes left, TLanes right, float* c, bool accumulate)
    {
        if (accumulate)
        {
            left += TLanes.Load(c);
            right += TLanes.Load(c + TLanes.Count);
        }

        TLanes.Store(left, c);
        TLanes.Store(right, c + TLanes.Count);
    }
}
