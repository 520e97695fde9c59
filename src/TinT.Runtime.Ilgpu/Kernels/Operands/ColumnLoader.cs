using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Operands;

/// <summary>Loads an operand whose terms lie down its columns.</summary>
/// <typeparam name="TLines">Its lines in shared memory.</typeparam>
internal struct ColumnLoader<TLines> : ILoader<ColumnLoader<TLines>>
    where TLines : struct, ILines
{
    private ArrayView1D<float, Stride1D.Dense> values;
    private bool whole, clears;
    private int terms, term, line, column, stride;

    /// <summary>Terms from one of a thread's elements to the next.</summary>
    private static int Step => TLines.Threads / TLines.Size;

    /// <inheritdoc/>
    public readonly int Start => (term * TLines.Pitch) + line;

    /// <inheritdoc/>
    public static ColumnLoader<TLines> Of(Matrix operand, Terms terms, int first, int thread, bool clears)
    {
        ColumnLoader<TLines> loader = default;
        loader.values = operand.Values;
        loader.whole = terms.Whole;
        loader.clears = clears;
        loader.terms = terms.Count;
        loader.term = thread / TLines.Size;
        loader.line = thread & (TLines.Size - 1);
        int own = first + loader.line;
        loader.column = operand.Columns.IsFilledBy(TLines.Size) ? own : XMath.Min(own, operand.Columns.Length - 1);
        loader.stride = operand.Stride;
        return loader;
    }

    /// <inheritdoc/>
    public readonly LoadedTerms Load(int firstTerm)
    {
        int own = firstTerm + term;
        int offset = (own * stride) + column;
        int step = Step;
        LoadedTerms next = default;
        next.Term0 = Element(own, offset, 0);
        next.Term1 = Element(own, offset, step);
        next.Term2 = Element(own, offset, 2 * step);
        next.Term3 = Element(own, offset, 3 * step);
        next.Term4 = Element(own, offset, 4 * step);
        next.Term5 = Element(own, offset, 5 * step);
        next.Term6 = Element(own, offset, 6 * step);
        next.Term7 = Element(own, offset, 7 * step);
        if (TLines.Loads > 8)
        {
            next.Term8 = Element(own, offset, 8 * step);
            next.Term9 = Element(own, offset, 9 * step);
            next.Term10 = Element(own, offset, 10 * step);
            next.Term11 = Element(own, offset, 11 * step);
            next.Term12 = Element(own, offset, 12 * step);
            next.Term13 = Element(own, offset, 13 * step);
            next.Term14 = Element(own, offset, 14 * step);
            next.Term15 = Element(own, offset, 15 * step);
        }

        return next;
    }

    /// <inheritdoc/>
    public readonly void Store(LoadedTerms terms, ArrayView<float> lines) => terms.Store<TLines>(lines, Step * TLines.Pitch);

    /// <summary>The element of a term; of one that is not there the last one, or 0.</summary>
    private readonly float Element(int own, int offset, int step)
    {
        if (whole)
            return values[offset + (step * stride)];
        float value = values[(XMath.Min(own + step, terms - 1) * stride) + column];
        return clears ? value * (own + step < terms ? 1f : 0f) : value;
    }
}
