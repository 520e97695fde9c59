namespace TinT.Runtime.Ilgpu.Kernels.Operands;

/// <summary>Terms of sums: a range of an operand's columns, or rows.</summary>
/// <param name="first">The first.</param>
/// <param name="end">The end.</param>
/// <param name="count">Terms that there are; what lies behind is read as the last of them, or as 0.</param>
/// <param name="whole">Whether they are a whole number of depths of a tile in every launch, so that no thread has to ask whether its term is there.</param>
internal readonly struct Terms(int first, int end, int count, bool whole)
{
    /// <summary>The first.</summary>
    public readonly int First = first;

    /// <summary>The end.</summary>
    public readonly int End = end;

    /// <summary>Terms that there are.</summary>
    public readonly int Count = count;

    /// <summary>Whether whole depths of a tile are filled.</summary>
    public readonly bool Whole = whole;

    /// <summary>As many terms further on.</summary>
    /// <param name="columns">How far.</param>
    public Terms Shifted(int columns) => new(First + columns, End + columns, Count + columns, Whole);
}
