namespace TinT.Literal.Modules;

/// <summary>Where the heads of a signal lie: heads of a group share a place in keys and values.</summary>
/// <param name="Start">First coordinate of the signal.</param>
/// <param name="HeadSize">Coordinates d of an auxiliary head.</param>
/// <param name="GroupSize">Heads that share a place.</param>
internal readonly record struct SignalHeads(int Start, int HeadSize, int GroupSize)
{
    /// <summary>The heads of queries, and of the context.</summary>
    /// <param name="construction">Sizes.</param>
    /// <param name="start">First coordinate of the signal.</param>
    public static SignalHeads OfQueries(ConstructionSettings construction, int start) => new(start, construction.Auxiliary.HeadSize, 1);

    /// <summary>The heads of keys, and of values.</summary>
    /// <param name="construction">Sizes.</param>
    /// <param name="start">First coordinate of the signal.</param>
    public static SignalHeads OfKeys(ConstructionSettings construction, int start) =>
        new(start, construction.Auxiliary.HeadSize, construction.Auxiliary.GroupSize);

    /// <summary>First coordinate that an auxiliary head reads or writes.</summary>
    /// <param name="head">The head.</param>
    public int PlaceOf(int head) => Start + (head / GroupSize * HeadSize);
}
