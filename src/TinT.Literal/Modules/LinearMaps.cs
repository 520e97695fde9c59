using TinT.Literal.Primitives;

namespace TinT.Literal.Modules;

/// <summary>Maps that the linear modules share.</summary>
internal static class LinearMaps
{
    /// <summary>Weight heads in which a row starts: (index of the row within its prefix, which of its heads, the head).</summary>
    public static IEnumerable<(int Row, int Part, int Head)> WeightHeads(ConstructionSettings construction)
    {
        int headsPerRow = construction.LinearHeads.HeadsPerRow;
        for (int row = 0; row < construction.Sharding; row++)
        {
            for (int part = 0; part < headsPerRow; part++)
                yield return (row, part, row * headsPerRow + part);
        }
    }

    /// <summary>The heads that copy or update the bias: (which D / P-th of it, the head).</summary>
    public static IEnumerable<(int Part, int Head)> BiasHeads(ConstructionSettings construction) =>
        Enumerable.Range(0, construction.LinearHeads.BiasHeads).Select(part => (part, construction.LinearHeads.WeightHeads + part));

    /// <summary>
    /// A D-wide gradient in the order of the prefix rows: every head of row p·S + s holds element p·S + s at coordinate p, so that a
    /// one-hot code of prefix p selects it.
    /// </summary>
    public static ProjectedInput GradientByPrefix(string name, ConstructionSettings construction)
    {
        int size = construction.AuxiliarySize;
        int parts = construction.HiddenSize / size;
        IEnumerable<(int Part, Link Link)> links =
            from element in Enumerable.Range(0, size)
            from part in Enumerable.Range(0, construction.LinearHeads.HeadsPerRow)
            let head = (element % construction.Sharding * construction.LinearHeads.HeadsPerRow) + part
            let place = (head * construction.LinearHeads.HeadSize) + (element / construction.Sharding)
            select (place / size, new Link(element, place % size));
        return new ProjectedInput(
            new MixingMap(name + "_head", parts, size, Enumerable.Range(0, parts).Select(part => new Link(0, part))),
            new SplitMap(name, parts, size, links));
    }

    /// <summary>The embedding as it is, in the parts of a linear module's heads.</summary>
    public static ProjectedInput Embedding(string name, ConstructionSettings construction, IEnumerable<int>? keptHeads = null) => new(
        MixingMap.Identity(name + "_head", construction.LinearHeadCount, construction.LinearHeads.HeadSize),
        SplitMap.Identity(name, construction.LinearHeadCount, construction.LinearHeads.HeadSize, keptHeads));

    /// <summary>Nothing of the embedding, where position codes alone meet.</summary>
    public static ProjectedInput None(string name, ConstructionSettings construction) => new(
        new MixingMap(name + "_head", construction.LinearHeadCount, construction.LinearHeads.HeadSize, Array.Empty<Link>()),
        new SplitMap(name, construction.LinearHeadCount, construction.LinearHeads.HeadSize, []));

    /// <summary>A projection that mixes the embedding's heads by some links and leaves each head as it is.</summary>
    public static ProjectedInput Mixed(string name, ConstructionSettings construction, IEnumerable<Link> links) => new(
        new MixingMap(name + "_head", construction.LinearHeadCount, construction.LinearHeads.HeadSize, links),
        SplitMap.Identity(name, construction.LinearHeadCount, construction.LinearHeads.HeadSize));

    /// <summary>The one-hot code of each prefix in the place of one role.</summary>
    public static IEnumerable<Link> PrefixCodes(ConstructionSettings construction, AttentionRole role) =>
        Enumerable.Range(0, construction.PrefixCount)
            .Select(prefix => new Link(construction.SequenceLength + prefix, ((int)role * construction.LinearHeads.HeadSize) + prefix));

    /// <summary>A 1 at the first coordinate of one role's code for every token.</summary>
    public static IEnumerable<Link> TokenCodes(ConstructionSettings construction, AttentionRole role) =>
        Enumerable.Range(0, construction.SequenceLength).Select(token => new Link(token, (int)role * construction.LinearHeads.HeadSize));

    /// <summary>A position map for the heads of linear modules.</summary>
    public static PositionMap Positions(string name, ConstructionSettings construction, IEnumerable<Link> links) =>
        new(name, construction.PositionSize, 3 * construction.LinearHeads.HeadSize, links);

    /// <summary>An expansion over the heads of linear modules.</summary>
    public static HeadExpansion Expansion(string name, ConstructionSettings construction, IEnumerable<(AttentionRole Role, int Head)> heads) =>
        new(name, construction.LinearHeadCount, heads);

    /// <summary>An output projection of linear modules.</summary>
    public static MixingMap Projection(string name, ConstructionSettings construction, IEnumerable<Link> links) =>
        new(name, construction.LinearHeadCount, construction.LinearHeads.HeadSize, links);
}
