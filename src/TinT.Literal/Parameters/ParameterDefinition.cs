namespace TinT.Literal.Parameters;

/// <summary>
/// One parameter of the literal simulator: its shape and the elements that are not zero. Nothing is allocated, so that a simulator
/// of any size can be counted and written out.
/// </summary>
/// <param name="Name">Name, dotted from the outermost module inwards.</param>
/// <param name="Dimensions">Sizes, slowest first.</param>
/// <param name="Entries">The elements that are not zero, in no particular order.</param>
public sealed record ParameterDefinition(string Name, IReadOnlyList<int> Dimensions, IEnumerable<ParameterEntry> Entries)
{
    /// <summary>Elements: the product of <see cref="Dimensions"/>.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, size) => product * size);

    /// <summary>A parameter that is zero throughout.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="dimensions">Sizes, slowest first.</param>
    public static ParameterDefinition Zero(string name, params int[] dimensions) => new(name, dimensions, []);
}
