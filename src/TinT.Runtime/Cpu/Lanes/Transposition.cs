using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinT.Runtime.Cpu.Lanes;

/// <summary>Transposition of small blocks in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>8 × 8 with 256-bit registers; the halves are put together while loading, which costs no shuffle.</summary>
    /// <typeparam name="TBias">Whether a row is added to every row.</typeparam>
    /// <typeparam name="TResidual">Whether a block is added.</typeparam>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="sourceStride">Row stride of the source.</param>
    /// <param name="addends">What is added to the transpose.</param>
    /// <param name="destination">Element (0, 0) of the result.</param>
    /// <param name="destinationStride">Row stride of the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block8<TBias, TResidual>(
        float* source, nint sourceStride, BlockAddends<TBias, TResidual> addends, float* destination, nint destinationStride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch
    {
        Vector256<float> r0 = Halves(source, sourceStride);
        Vector256<float> r1 = Halves(source + sourceStride, sourceStride);
        Vector256<float> r2 = Halves(source + (2 * sourceStride), sourceStride);
        Vector256<float> r3 = Halves(source + (3 * sourceStride), sourceStride);
        FourColumns(r0, r1, r2, r3, addends, 0, destination, destinationStride);

        r0 = Halves(source + 4, sourceStride);
        r1 = Halves(source + 4 + sourceStride, sourceStride);
        r2 = Halves(source + 4 + (2 * sourceStride), sourceStride);
        r3 = Halves(source + 4 + (3 * sourceStride), sourceStride);
        FourColumns(r0, r1, r2, r3, addends, 4, destination + (4 * destinationStride), destinationStride);
    }

    /// <summary>16 rows × 8 columns with 512-bit registers; the quarters are put together while loading.</summary>
    /// <typeparam name="TBias">Whether a row is added to every row.</typeparam>
    /// <typeparam name="TResidual">Whether a block is added.</typeparam>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="sourceStride">Row stride of the source.</param>
    /// <param name="addends">What is added to the transpose.</param>
    /// <param name="destination">Element (0, 0) of the result.</param>
    /// <param name="destinationStride">Row stride of the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block16By8<TBias, TResidual>(
        float* source, nint sourceStride, BlockAddends<TBias, TResidual> addends, float* destination, nint destinationStride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch
    {
        Vector512<float> r0 = Quarters(source, sourceStride);
        Vector512<float> r1 = Quarters(source + sourceStride, sourceStride);
        Vector512<float> r2 = Quarters(source + (2 * sourceStride), sourceStride);
        Vector512<float> r3 = Quarters(source + (3 * sourceStride), sourceStride);
        FourColumns(r0, r1, r2, r3, addends, 0, destination, destinationStride);

        r0 = Quarters(source + 4, sourceStride);
        r1 = Quarters(source + 4 + sourceStride, sourceStride);
        r2 = Quarters(source + 4 + (2 * sourceStride), sourceStride);
        r3 = Quarters(source + 4 + (3 * sourceStride), sourceStride);
        FourColumns(r0, r1, r2, r3, addends, 4, destination + (4 * destinationStride), destinationStride);
    }

    /// <summary>4 × 4 with 128-bit registers.</summary>
    /// <typeparam name="TBias">Whether a row is added to every row.</typeparam>
    /// <typeparam name="TResidual">Whether a block is added.</typeparam>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="sourceStride">Row stride of the source.</param>
    /// <param name="addends">What is added to the transpose.</param>
    /// <param name="destination">Element (0, 0) of the result.</param>
    /// <param name="destinationStride">Row stride of the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block4<TBias, TResidual>(
        float* source, nint sourceStride, BlockAddends<TBias, TResidual> addends, float* destination, nint destinationStride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch
    {
        Vector128<float> r0 = Vector128.Load(source);
        Vector128<float> r1 = Vector128.Load(source + sourceStride);
        Vector128<float> r2 = Vector128.Load(source + (2 * sourceStride));
        Vector128<float> r3 = Vector128.Load(source + (3 * sourceStride));

        // Pairs of rows 0 and 2, 1 and 3 interleaved, then the results interleaved once more.
        Vector128<float> low02 = InterleaveLow(r0, r2);
        Vector128<float> low13 = InterleaveLow(r1, r3);
        Vector128<float> high02 = InterleaveHigh(r0, r2);
        Vector128<float> high13 = InterleaveHigh(r1, r3);
        addends.Add(InterleaveLow(low02, low13), 0).Store(destination);
        addends.Add(InterleaveHigh(low02, low13), 1).Store(destination + destinationStride);
        addends.Add(InterleaveLow(high02, high13), 2).Store(destination + (2 * destinationStride));
        addends.Add(InterleaveHigh(high02, high13), 3).Store(destination + (3 * destinationStride));
    }

    /// <summary>Four floats of a row beside the four floats of the row four below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint stride) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + (4 * stride)));

    /// <summary>Four floats of a row beside those of the rows four, eight and twelve below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* source, nint stride)
    {
        Vector512<float> value = Vector128.Load(source).ToVector256Unsafe().ToVector512Unsafe();
        value = Avx512F.InsertVector128(value, Vector128.Load(source + (4 * stride)), 1);
        value = Avx512F.InsertVector128(value, Vector128.Load(source + (8 * stride)), 2);
        return Avx512F.InsertVector128(value, Vector128.Load(source + (12 * stride)), 3);
    }

    /// <summary>Four columns of eight rows become four rows of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns<TBias, TResidual>(
        Vector256<float> r0,
        Vector256<float> r1,
        Vector256<float> r2,
        Vector256<float> r3,
        BlockAddends<TBias, TResidual> addends,
        int row,
        float* destination,
        nint stride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch
    {
        Vector256<float> low01 = Avx.UnpackLow(r0, r1);
        Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3);
        Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
        addends.Add(Avx.Shuffle(low01, low23, 0b01_00_01_00), row).Store(destination);
        addends.Add(Avx.Shuffle(low01, low23, 0b11_10_11_10), row + 1).Store(destination + stride);
        addends.Add(Avx.Shuffle(high01, high23, 0b01_00_01_00), row + 2).Store(destination + (2 * stride));
        addends.Add(Avx.Shuffle(high01, high23, 0b11_10_11_10), row + 3).Store(destination + (3 * stride));
    }

    /// <summary>Four columns of sixteen rows become four rows of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns<TBias, TResidual>(
        Vector512<float> r0,
        Vector512<float> r1,
        Vector512<float> r2,
        Vector512<float> r3,
        BlockAddends<TBias, TResidual> addends,
        int row,
        float* destination,
        nint stride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch
    {
        Vector512<float> low01 = Avx512F.UnpackLow(r0, r1);
        Vector512<float> high01 = Avx512F.UnpackHigh(r0, r1);
        Vector512<float> low23 = Avx512F.UnpackLow(r2, r3);
        Vector512<float> high23 = Avx512F.UnpackHigh(r2, r3);
        addends.Add(Avx512F.Shuffle(low01, low23, 0b01_00_01_00), row).Store(destination);
        addends.Add(Avx512F.Shuffle(low01, low23, 0b11_10_11_10), row + 1).Store(destination + stride);
        addends.Add(Avx512F.Shuffle(high01, high23, 0b01_00_01_00), row + 2).Store(destination + (2 * stride));
        addends.Add(Avx512F.Shuffle(high01, high23, 0b11_10_11_10), row + 3).Store(destination + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> even, Vector128<float> odd)
    {
        if (Sse.IsSupported)
            return Sse.UnpackLow(even, odd);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipLow(even, odd);
        return Vector128.Create(even[0], odd[0], even[1], odd[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> even, Vector128<float> odd)
    {
        if (Sse.IsSupported)
            return Sse.UnpackHigh(even, odd);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipHigh(even, odd);
        return Vector128.Create(even[2], odd[2], even[3], odd[3]);
    }
}
