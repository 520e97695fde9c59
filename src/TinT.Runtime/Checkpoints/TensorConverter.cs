using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace TinT.Runtime.Checkpoints;

/// <summary>Converts the bytes of a tensor to numbers, vectorised.</summary>
internal static class TensorConverter
{
    /// <summary>Whether elements lie in the file as they lie in memory, so that they need no conversion.</summary>
    /// <typeparam name="T">Target.</typeparam>
    /// <param name="type">Type of the elements.</param>
    public static bool IsStoredAs<T>(TensorType type) =>
        (type == TensorType.F32 && typeof(T) == typeof(float)) || (type == TensorType.F64 && typeof(T) == typeof(double));

    /// <summary>Converts elements, rounding to nearest where the target is narrower.</summary>
    /// <typeparam name="T">Target: <see cref="float"/>, <see cref="double"/> or <see cref="Int128"/>.</typeparam>
    /// <param name="type">Type of the elements.</param>
    /// <param name="source">Little-endian elements, aligned to their size.</param>
    /// <param name="destination">Receives as many elements as <paramref name="source"/> holds.</param>
    public static void Convert<T>(TensorType type, ReadOnlySpan<byte> source, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        switch (type)
        {
            case TensorType.F64:
                Convert<double, T>(source, destination);
                break;
            case TensorType.F32:
                Convert<float, T>(source, destination);
                break;
            case TensorType.F16:
                Convert<Half, T>(source, destination);
                break;
            case TensorType.BF16:
                ConvertBrainFloats(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            case TensorType.I64:
                Convert<long, T>(source, destination);
                break;
            case TensorType.I32:
                Convert<int, T>(source, destination);
                break;
            case TensorType.I16:
                Convert<short, T>(source, destination);
                break;
            case TensorType.I8:
                Convert<sbyte, T>(source, destination);
                break;
            case TensorType.U8 or TensorType.Bool:
                Convert<byte, T>(source, destination);
                break;
            case TensorType.U16:
                Convert<ushort, T>(source, destination);
                break;
            case TensorType.U32:
                Convert<uint, T>(source, destination);
                break;
            case TensorType.U64:
                Convert<ulong, T>(source, destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type.");
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> source, Span<TTo> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
            source.CopyTo(MemoryMarshal.AsBytes(destination));
        else
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, TFrom>(source), destination);
    }

    /// <summary>Widens bfloat16, which is the upper half of a binary32, by shifting.</summary>
    private static void ConvertBrainFloats<T>(ReadOnlySpan<ushort> source, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        Span<uint> bits = stackalloc uint[Math.Min(source.Length, 256)];
        while (!source.IsEmpty)
        {
            int count = Math.Min(source.Length, bits.Length);
            Span<uint> part = bits[..count];
            TensorPrimitives.ConvertTruncating(source[..count], part);
            TensorPrimitives.ShiftLeft(part, 16, part);
            Convert<float, T>(MemoryMarshal.AsBytes(part), destination[..count]);
            source = source[count..];
            destination = destination[count..];
        }
    }
}
