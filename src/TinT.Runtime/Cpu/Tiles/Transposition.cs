using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Transposition of small blocks in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>8 × 8 with 256-bit registers; the halves are put together while loading, which costs no shuffle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block8(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Vector256<float> r0 = Halves(source, sourceStride);
        Vector256<float> r1 = Halves(source + sourceStride, sourceStride);
        Vector256<float> r2 = Halves(source + (2 * sourceStride), sourceStride);
        Vector256<float> r3 = Halves(source + (3 * sourceStride), sourceStride);
        Quarter(r0, r1, r2, r3, destination, destinationStride);

        r0 = Halves(source + 4, sourceStride);
        r1 = Halves(source + 4 + sourceStride, sourceStride);
        r2 = Halves(source + 4 + (2 * sourceStride), sourceStride);
        r3 = Halves(source + 4 + (3 * sourceStride), sourceStride);
        Quarter(r0, r1, r2, r3, destination + (4 * destinationStride), destinationStride);
    }

    /// <summary>4 × 4 with 128-bit registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block4(float* source, nint sourceStride, float* destination, nint destinationStride)
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
        InterleaveLow(low02, low13).Store(destination);
        InterleaveHigh(low02, low13).Store(destination + destinationStride);
        InterleaveLow(high02, high13).Store(destination + (2 * destinationStride));
        InterleaveHigh(high02, high13).Store(destination + (3 * destinationStride));
    }

    /// <summary>Four floats of a row beside the four floats of the row four below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint stride) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + (4 * stride)));

    /// <summary>Four columns of eight rows become four rows of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* destination, nint stride)
    {
        Vector256<float> low01 = Avx.UnpackLow(r0, r1);
        Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3);
        Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
        Avx.Shuffle(low01, low23, 0b01_00_01_00).Store(destination);
        Avx.Shuffle(low01, low23, 0b11_10_11_10).Store(destination + stride);
        Avx.Shuffle(high01, high23, 0b01_00_01_00).Store(destination + (2 * stride));
        Avx.Shuffle(high01, high23, 0b11_10_11_10).Store(destination + (3 * stride));
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
