using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>Applies activations to spans.</summary>
internal static unsafe class Elementwise
{
    /// <summary>s = act(z) with vectors of the given width.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Forward<TActivation>(ReadOnlySpan<float> z, Span<float> s, VectorWidth width)
        where TActivation : struct, ILaneActivation
    {
        Shapes.RequireLength(nameof(Forward), nameof(s), s.Length, z.Length);
        fixed (float* from = z, to = s)
        {
            switch (width)
            {
                case VectorWidth.Bits512:
                    Forward<TActivation, Lanes512>(from, to, z.Length);
                    break;
                case VectorWidth.Bits256:
                    Forward<TActivation, Lanes256>(from, to, z.Length);
                    break;
                default:
                    Forward<TActivation, Lanes128>(from, to, z.Length);
                    break;
            }
        }
    }

    /// <summary>N · (act(z + g/N) − act(z)) with vectors of the given width.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Difference<TActivation>(
        ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result, VectorWidth width)
        where TActivation : struct, ILaneActivation
    {
        Shapes.RequireLength(nameof(Difference), nameof(gradient), gradient.Length, z.Length);
        Shapes.RequireLength(nameof(Difference), nameof(result), result.Length, z.Length);
        fixed (float* at = z, slope = gradient, to = result)
        {
            switch (width)
            {
                case VectorWidth.Bits512:
                    Difference<TActivation, Lanes512>(at, slope, taylorScale, to, z.Length);
                    break;
                case VectorWidth.Bits256:
                    Difference<TActivation, Lanes256>(at, slope, taylorScale, to, z.Length);
                    break;
                default:
                    Difference<TActivation, Lanes128>(at, slope, taylorScale, to, z.Length);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TActivation, TLanes>(float* z, float* s, int count)
        where TActivation : struct, ILaneActivation
        where TLanes : struct, ILanes<TLanes>
    {
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TActivation.Value(TLanes.Load(z + index)), s + index);
        if (index == count)
            return;

        // The rest as a full vector, so that an element's value does not depend on its place.
        float* rest = stackalloc float[TLanes.Count];
        Fill(z + index, rest, count - index, TLanes.Count);
        TLanes.Store(TActivation.Value(TLanes.Load(rest)), rest);
        new Span<float>(rest, count - index).CopyTo(new Span<float>(s + index, count - index));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Difference<TActivation, TLanes>(float* z, float* gradient, float taylorScale, float* result, int count)
        where TActivation : struct, ILaneActivation
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Broadcast(taylorScale);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TActivation.Difference(TLanes.Load(z + index), TLanes.Load(gradient + index), scale), result + index);
        if (index == count)
            return;

        float* rest = stackalloc float[2 * TLanes.Count];
        float* restGradient = rest + TLanes.Count;
        Fill(z + index, rest, count - index, TLanes.Count);
        Fill(gradient + index, restGradient, count - index, TLanes.Count);
        TLanes.Store(TActivation.Difference(TLanes.Load(rest), TLanes.Load(restGradient), scale), rest);
        new Span<float>(rest, count - index).CopyTo(new Span<float>(result + index, count - index));
    }

    private static void Fill(float* source, float* destination, int count, int length)
    {
        for (int index = 0; index < length; index++)
            destination[index] = index < count ? source[index] : 0f;
    }
}
