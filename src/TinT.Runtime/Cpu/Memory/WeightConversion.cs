using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>Singles to 16-bit numbers and back.</summary>
internal static unsafe class WeightConversion
{
    /// <summary>Widens 16-bit numbers; exact.</summary>
    /// <param name="storage">What they are.</param>
    /// <param name="source">As many as the destination is long.</param>
    /// <param name="destination">The same as singles.</param>
    public static void Widen(WeightStorage storage, ushort* source, Span<float> destination) => Widen(storage, source, destination, VectorWidths.Widest);

    /// <summary>As <see cref="Widen(WeightStorage, ushort*, Span{float})"/> with vectors of the given width.</summary>
    public static void Widen(WeightStorage storage, ushort* source, Span<float> destination, VectorWidth width)
    {
        fixed (float* first = destination)
        {
            switch (width)
            {
                case VectorWidth.Bits512:
                    Widen<Lanes512>(storage, source, first, destination.Length);
                    break;
                case VectorWidth.Bits256:
                    Widen<Lanes256>(storage, source, first, destination.Length);
                    break;
                default:
                    Widen<Lanes128>(storage, source, first, destination.Length);
                    break;
            }
        }
    }

    /// <summary>Rounds singles to the nearest 16-bit numbers, ties to even; what is too large becomes infinite.</summary>
    /// <param name="storage">What they become.</param>
    /// <param name="source">Singles.</param>
    /// <param name="destination">As many 16-bit numbers.</param>
    public static void Narrow(WeightStorage storage, ReadOnlySpan<float> source, Span<ushort> destination)
    {
        if (storage == WeightStorage.Float16)
            TensorPrimitives.ConvertToHalf(source, MemoryMarshal.Cast<ushort, Half>(destination));
        else
            NarrowToBrain(MemoryMarshal.Cast<float, uint>(source), destination);
    }

    /// <summary>The least magnitude that becomes infinite: half a unit in the last place above the largest number.</summary>
    /// <param name="storage">A storage of 16 bits.</param>
    public static float Overflow(WeightStorage storage) =>
        storage == WeightStorage.Float16 ? 65520f : BitConverter.UInt32BitsToSingle(0x7F7F8000);

    /// <summary>The largest number.</summary>
    /// <param name="storage">A storage of 16 bits.</param>
    public static float Largest(WeightStorage storage) =>
        storage == WeightStorage.Float16 ? 65504f : BitConverter.UInt32BitsToSingle(0x7F7F0000);

    /// <summary>Copies weights, as singles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<TLanes, TFormat>(byte* source, float* destination, int count)
        where TLanes : struct, ILanes<TLanes>
        where TFormat : struct, IWeightFormat
    {
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TFormat.Load<TLanes>(source + ((nint)index * TFormat.Size)), destination + index);
        for (; index < count; index++)
            destination[index] = TFormat.LoadOne(source + ((nint)index * TFormat.Size));
    }

    private static void Widen<TLanes>(WeightStorage storage, ushort* source, float* destination, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        if (storage == WeightStorage.Float16)
            Copy<TLanes, HalfFormat>((byte*)source, destination, count);
        else
            Copy<TLanes, BrainFormat>((byte*)source, destination, count);
    }

    /// <summary>Adds just under half a unit of the upper half, and the rest of it where that half is odd: ties go to even.</summary>
    private static void NarrowToBrain(ReadOnlySpan<uint> source, Span<ushort> destination)
    {
        int index = 0;
        Vector<uint> half = new(0x7FFF);
        for (; index <= source.Length - (2 * Vector<uint>.Count); index += 2 * Vector<uint>.Count)
        {
            Vector<uint> low = new(source[index..]);
            Vector<uint> high = new(source[(index + Vector<uint>.Count)..]);
            low = (low + half + ((low >>> 16) & Vector<uint>.One)) >>> 16;
            high = (high + half + ((high >>> 16) & Vector<uint>.One)) >>> 16;
            Vector.Narrow(low, high).CopyTo(destination[index..]);
        }

        for (; index < source.Length; index++)
            destination[index] = (ushort)((source[index] + 0x7FFF + ((source[index] >> 16) & 1)) >> 16);
    }
}
