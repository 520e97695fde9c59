using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Operands;

/// <summary>Loads an operand whose terms lie along its rows.</summary>
/// <typeparam name="TLines">Its lines in shared memory.</typeparam>
internal struct RowLoader<TLines> : ILoader<RowLoader<TLines>>
    where TLines : struct, ILines
{
    private ArrayView1D<float, Stride1D.Dense> values;
    private bool whole, clears;
    private int terms, term, line;
    private int place0, place1, place2, place3, place4, place5, place6, place7, place8, place9, place10, place11, place12, place13, place14, place15;

    /// <summary>Rows from one of a thread's elements to the next.</summary>
    private static int Step => TLines.Threads / TLines.Depth;

    /// <inheritdoc/>
    public readonly int Start => (term * TLines.Pitch) + line;

    /// <inheritdoc/>
    public static RowLoader<TLines> Of(Matrix operand, Terms terms, int first, int thread, bool clears)
    {
        RowLoader<TLines> loader = default;
        loader.values = operand.Values;
        loader.whole = terms.Whole;
        loader.clears = clears;
        loader.terms = terms.Count;
        loader.term = thread & (TLines.Depth - 1);
        loader.line = thread / TLines.Depth;
        int row = first + loader.line;
        int step = Step;
        int stride = operand.Stride;
        int last = operand.Rows.Length - 1;
        bool inside = operand.Rows.IsFilledBy(TLines.Size);
        int ownTerm = loader.whole ? loader.term : 0;
        loader.place0 = Place(row, last, inside, stride) + ownTerm;
        loader.place1 = Place(row + step, last, inside, stride) + ownTerm;
        loader.place2 = Place(row + (2 * step), last, inside, stride) + ownTerm;
        loader.place3 = Place(row + (3 * step), last, inside, stride) + ownTerm;
        loader.place4 = Place(row + (4 * step), last, inside, stride) + ownTerm;
        loader.place5 = Place(row + (5 * step), last, inside, stride) + ownTerm;
        loader.place6 = Place(row + (6 * step), last, inside, stride) + ownTerm;
        loader.place7 = Place(row + (7 * step), last, inside, stride) + ownTerm;
        if (TLines.Loads > 8)
        {
            loader.place8 = Place(row + (8 * step), last, inside, stride) + ownTerm;
            loader.place9 = Place(row + (9 * step), last, inside, stride) + ownTerm;
            loader.place10 = Place(row + (10 * step), last, inside, stride) + ownTerm;
            loader.place11 = Place(row + (11 * step), last, inside, stride) + ownTerm;
            loader.place12 = Place(row + (12 * step), last, inside, stride) + ownTerm;
            loader.place13 = Place(row + (13 * step), last, inside, stride) + ownTerm;
            loader.place14 = Place(row + (14 * step), last, inside, stride) + ownTerm;
            loader.place15 = Place(row + (15 * step), last, inside, stride) + ownTerm;
        }

        return loader;
    }

    /// <inheritdoc/>
    public readonly LoadedTerms Load(int firstTerm)
    {
        int own = firstTerm + term;
        int offset = whole ? firstTerm : XMath.Min(own, terms - 1);
        float factor = whole || !clears ? 1f : own < terms ? 1f : 0f;
        LoadedTerms next = default;
        next.Term0 = Element(place0 + offset, factor);
        next.Term1 = Element(place1 + offset, factor);
        next.Term2 = Element(place2 + offset, factor);
        next.Term3 = Element(place3 + offset, factor);
        next.Term4 = Element(place4 + offset, factor);
        next.Term5 = Element(place5 + offset, factor);
        next.Term6 = Element(place6 + offset, factor);
        next.Term7 = Element(place7 + offset, factor);
        if (TLines.Loads > 8)
        {
            next.Term8 = Element(place8 + offset, factor);
            next.Term9 = Element(place9 + offset, factor);
            next.Term10 = Element(place10 + offset, factor);
            next.Term11 = Element(place11 + offset, factor);
            next.Term12 = Element(place12 + offset, factor);
            next.Term13 = Element(place13 + offset, factor);
            next.Term14 = Element(place14 + offset, factor);
            next.Term15 = Element(place15 + offset, factor);
        }

        return next;
    }

    /// <inheritdoc/>
    public readonly void Store(LoadedTerms terms, ArrayView<float> lines) => terms.Store<TLines>(lines, Step);

    private static int Place(int row, int last, bool inside, int stride) => (inside ? row : XMath.Min(row, last)) * stride;

    private readonly float Element(int place, float factor) => whole || !clears ? values[place] : values[place] * factor;
}
