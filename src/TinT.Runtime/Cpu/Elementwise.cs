using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu;

/// <summary>Activations of rows, and the differences that TinT takes for their derivatives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Elementwise
{
    /// <summary>Elements that stay in the first-level cache from one operation to the next.</summary>
    private const int Stretch = 1024;

    /// <summary>s = act(z).</summary>
    /// <typeparam name="TActivation">act.</typeparam>
    /// <param name="z">Arguments.</param>
    /// <param name="s">Results, as many; may be <paramref name="z"/> itself but not overlap it otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Forward<TActivation>(ReadOnlySpan<float> z, Span<float> s)
        where TActivation : struct, IActivation => Forward<TActivation>(z, s, VectorWidths.Widest);

    /// <summary>N · (act(z + g/N) − act(z)), computed without the cancellation of that formula.</summary>
    /// <typeparam name="TActivation">act.</typeparam>
    /// <param name="z">Arguments of the forward pass.</param>
    /// <param name="gradient">g, the gradient at the output, as many.</param>
    /// <param name="taylorScale">N, positive.</param>
    /// <param name="result">The gradient passed down, as many; may be either operand but not overlap it otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Difference<TActivation>(ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result)
        where TActivation : struct, IActivation => Difference<TActivation>(z, gradient, taylorScale, result, VectorWidths.Widest);

    /// <summary>s = act(z) ∘ p.</summary>
    /// <typeparam name="TActivation">act.</typeparam>
    /// <param name="z">Arguments.</param>
    /// <param name="p">Factors, as many.</param>
    /// <param name="s">Results, as many; must not overlap an operand.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Gate<TActivation>(ReadOnlySpan<float> z, ReadOnlySpan<float> p, Span<float> s)
        where TActivation : struct, IActivation
    {
        Shapes.RequireLength(nameof(Gate), nameof(p), p.Length, z.Length);
        Shapes.RequireLength(nameof(Gate), nameof(s), s.Length, z.Length);
        for (int first = 0; first < z.Length; first += Stretch)
        {
            int count = Math.Min(Stretch, z.Length - first);
            Span<float> part = s.Slice(first, count);
            Forward<TActivation>(z.Slice(first, count), part);
            TensorPrimitives.Multiply(part, p.Slice(first, count), part);
        }
    }

    /// <summary>Through a gate s = act(z) ∘ p: ∂p = g ∘ act(z), exactly, and ∂z = N · (act(z + g ∘ p/N) − act(z)), computed without the cancellation of that formula.</summary>
    /// <typeparam name="TActivation">act.</typeparam>
    /// <param name="z">Arguments of the forward pass.</param>
    /// <param name="p">Factors of the forward pass, as many.</param>
    /// <param name="gradient">g, the gradient at the output, as many.</param>
    /// <param name="taylorScale">N, positive.</param>
    /// <param name="toArgument">∂z, as many; must not overlap an operand.</param>
    /// <param name="toFactor">∂p, as many; must not overlap an operand.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void GateDifference<TActivation>(
        ReadOnlySpan<float> z, ReadOnlySpan<float> p, ReadOnlySpan<float> gradient, float taylorScale, Span<float> toArgument, Span<float> toFactor)
        where TActivation : struct, IActivation
    {
        Shapes.RequireLength(nameof(GateDifference), nameof(p), p.Length, z.Length);
        Shapes.RequireLength(nameof(GateDifference), nameof(gradient), gradient.Length, z.Length);
        Shapes.RequireLength(nameof(GateDifference), nameof(toArgument), toArgument.Length, z.Length);
        Shapes.RequireLength(nameof(GateDifference), nameof(toFactor), toFactor.Length, z.Length);
        for (int first = 0; first < z.Length; first += Stretch)
        {
            int count = Math.Min(Stretch, z.Length - first);
            ReadOnlySpan<float> arguments = z.Slice(first, count);
            ReadOnlySpan<float> slope = gradient.Slice(first, count);
            Span<float> factor = toFactor.Slice(first, count);
            Span<float> argument = toArgument.Slice(first, count);
            Forward<TActivation>(arguments, factor);
            TensorPrimitives.Multiply(factor, slope, factor);
            TensorPrimitives.Multiply(slope, p.Slice(first, count), argument);
            Difference<TActivation>(arguments, argument, taylorScale, argument);
        }
    }

    /// <summary>As the other overload with vectors of the given width.</summary>
    internal static void Forward<TActivation>(ReadOnlySpan<float> z, Span<float> s, VectorWidth width)
        where TActivation : struct, IActivation
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

    /// <summary>As the other overload with vectors of the given width.</summary>
    internal static void Difference<TActivation>(
        ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result, VectorWidth width)
        where TActivation : struct, IActivation
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
        where TActivation : struct, IActivation
        where TLanes : struct, ILanes<TLanes>
    {
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TActivation.Evaluate(TLanes.Load(z + index)), s + index);
        if (index == count)
            return;

        // The rest as a full vector, so that an element's value does not depend on its place.
        float* rest = stackalloc float[TLanes.Count];
        Fill(z + index, rest, count - index, TLanes.Count);
        TLanes.Store(TActivation.Evaluate(TLanes.Load(rest)), rest);
        new Span<float>(rest, count - index).CopyTo(new Span<float>(s + index, count - index));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Difference<TActivation, TLanes>(float* z, float* gradient, float taylorScale, float* result, int count)
        where TActivation : struct, IActivation
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Broadcast(taylorScale);
        TLanes step = TLanes.Broadcast(1f / taylorScale);
        int index = 0;
        for (; index <= count - TLanes.Count; index += TLanes.Count)
            TLanes.Store(TActivation.Evaluate(new Moved<TLanes>(TLanes.Load(z + index), TLanes.Load(gradient + index), step, scale)).Change, result + index);
        if (index == count)
            return;

        float* rest = stackalloc float[2 * TLanes.Count];
        float* restGradient = rest + TLanes.Count;
        Fill(z + index, rest, count - index, TLanes.Count);
        Fill(gradient + index, restGradient, count - index, TLanes.Count);
        TLanes.Store(TActivation.Evaluate(new Moved<TLanes>(TLanes.Load(rest), TLanes.Load(restGradient), step, scale)).Change, rest);
        new Span<float>(rest, count - index).CopyTo(new Span<float>(result + index, count - index));
    }

    private static void Fill(float* source, float* destination, int count, int length)
    {
        for (int index = 0; index < length; index++)
            destination[index] = index < count ? source[index] : 0f;
    }
}
