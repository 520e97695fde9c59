using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>A row that is normalized, as elements of a formula, of which one part is summed.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="TElement">A vector of elements.</typeparam>
/// <typeparam name="TOne">One element.</typeparam>
internal interface INormalizedRow<TLanes, TElement, TOne>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>A vector of elements from a place on.</summary>
    TElement Load(int index);

    /// <summary>The element at a place.</summary>
    TOne LoadOne(int index);

    /// <summary>The same element in every lane.</summary>
    TElement Broadcast(TOne value);

    /// <summary>The part of elements that is summed.</summary>
    TLanes Part(TElement value);

    /// <summary>The part of an element that is summed.</summary>
    float PartOne(TOne value);

    /// <summary>The mean of elements whose parts have a mean.</summary>
    TOne Mean(float mean);

    /// <summary>The sum of squares whose parts have a sum.</summary>
    TOne Squares(float sum, int count);

    /// <summary>What deviations are multiplied with.</summary>
    /// <param name="inverse">The inverse deviation.</param>
    TOne Factor(TOne inverse);

    /// <summary>Writes a vector of results.</summary>
    void Store(TElement value, int index);

    /// <summary>Writes a result.</summary>
    void StoreOne(TOne value, int index);
}
