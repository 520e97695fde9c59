using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinT.Runtime.Cpu.Lanes;

/// <summary>Four floats: NEON, SSE and every other machine. Tiles fill 16 registers: 12 accumulators, two vectors of the right operand and one broadcast.</summary>
internal unsafe struct Lanes128 : ILanes<Lanes128>
{
    private Vector128<float> value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Lanes128(Vector128<float> value) => this.value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static int PanelVectors => 2;

    /// <inheritdoc/>
    public static int TransposeSize => 4;

    /// <inheritdoc/>
    public static Lanes128 Zero => new(Vector128<float>.Zero);

    /// <inheritdoc/>
    public static Lanes128 Indices => new(Vector128<float>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadBrain(ushort* source) => new((Widen(source) << 16).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadHalf(ushort* source)
    {
        // The bits of magnitude where a single has them: the exponent is too small by 112, by twice that for infinities and NaN. Numbers below the
        // normal ones have no leading 1; with one more in the exponent they have, and it is subtracted.
        Vector128<uint> bits = Widen(source);
        Vector128<uint> magnitude = (bits & Vector128.Create(0x7FFFu)) << 13;
        Vector128<uint> bias = Vector128.Create(112u << 23);
        Vector128<uint> infinite = Vector128.GreaterThanOrEqual(magnitude.AsInt32(), Vector128.Create(31 << 23)).AsUInt32();
        Vector128<uint> normal = magnitude + bias + (infinite & bias);
        Vector128<uint> one = Vector128.Create(113u << 23);
        Vector128<uint> small = ((magnitude + one).AsSingle() - one.AsSingle()).AsUInt32();
        Vector128<uint> isSmall = Vector128.LessThan(magnitude.AsInt32(), Vector128.Create(1 << 23)).AsUInt32();
        Vector128<uint> sign = (bits & Vector128.Create(0x8000u)) << 16;
        return new((Vector128.ConditionalSelect(isSmall, small, normal) | sign).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, float* destination) => value.value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 factor, Lanes128 multiplier, Lanes128 addend) =>
        new(Vector128.MultiplyAddEstimate(factor.value, multiplier.value, addend.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Lanes128 factor, Lanes128 multiplier, ref Lanes128 sum) =>
        sum.value = Vector128.MultiplyAddEstimate(factor.value, multiplier.value, sum.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 left, Lanes128 right) => new(Vector128.MinNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 left, Lanes128 right) => new(Vector128.MaxNative(left.value, right.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Abs(Lanes128 value) => new(Vector128.Abs(value.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 x) => new(Vector128.Sqrt(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Round(Lanes128 value) => new(Vector128.Round(value.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ScaleByPowerOfTwo(Lanes128 value, Lanes128 exponent)
    {
        // Two factors: the exponent alone may be outside those of normal numbers.
        Vector128<float> half = Vector128.Round(exponent.value * 0.5f);
        return new(value.value * PowerOfTwo(half) * PowerOfTwo(exponent.value - half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SelectLess(Lanes128 left, Lanes128 right, Lanes128 whenLess, Lanes128 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(left.value, right.value), whenLess.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Lanes128 left, Lanes128 right) => Vector128.LessThanAny(left.value, right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes128 value) => Vector128.Sum(value.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Lanes128 value) =>
        MathF.Max(MathF.Max(value.value[0], value.value[1]), MathF.Max(value.value[2], value.value[3]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeBlock<TBias, TResidual>(
        float* source, nint sourceStride, BlockAddends<TBias, TResidual> addends, float* destination, nint destinationStride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch =>
        Transposition.Block4(source, sourceStride, addends, destination, destinationStride);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.value + right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.value - right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.value * right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.value / right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 value) => new(-value.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<float> exponent) =>
        ((Vector128.ConvertToInt32Native(exponent) + Vector128.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Widen(ushort* source) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsUInt16());
}
