using TinT.Literal.Primitives;

namespace TinT.Literal.Modules;

/// <summary>Softmax attention with the auxiliary model's heads on the heads of the simulator, which are larger.</summary>
internal static class SoftmaxMaps
{
    /// <summary>
    /// Attention in which simulator head a plays auxiliary head a: its query and key are brought to the head's front coordinates, its
    /// value stays at its place, and the projection sums the heads that lie in the same stretch. Position codes are not used.
    /// </summary>
    /// <param name="scope">Name in front of the parameters.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="kind">Softmax, transposed or not.</param>
    /// <param name="query">First coordinate of q.</param>
    /// <param name="key">First coordinate of k.</param>
    /// <param name="value">First coordinate of what is summed.</param>
    public static SimulatorAttention Attention(string scope, ConstructionSettings construction, AttentionKind kind, int query, int key, int value) => new()
    {
        HeadCount = construction.SimulatorHeads,
        Kind = kind,
        ScoreScale = 1 / Math.Sqrt(construction.AuxiliaryHeadSize),
        Query = Input(scope + "q_attn", construction, query, toFront: true),
        Key = Input(scope + "k_attn", construction, key, toFront: true),
        Value = Input(scope + "v_attn", construction, value, toFront: false),
        Positions = new PositionMap(scope + "p_attn", construction.PositionSize, 3 * construction.SimulatorHeadSize, []),
        Expansion = new HeadExpansion(scope + "p_expand", construction.SimulatorHeads, []),
        Projection = Projection(scope + "c_proj", construction, 0),
    };

    /// <summary>The projection that puts the heads' values together as one signal.</summary>
    /// <param name="name">Name of the map.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="start">First coordinate of the signal.</param>
    public static MixingMap Projection(string name, ConstructionSettings construction, int start) => new(
        name,
        construction.SimulatorHeads,
        construction.SimulatorHeadSize,
        Enumerable.Range(0, construction.AuxiliaryHeads)
            .Select(head => new Link(head, (start / construction.SimulatorHeadSize) + Stretch(construction, head))));

    /// <summary>The auxiliary heads of one signal on the simulator's heads.</summary>
    /// <param name="name">Name of the maps.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="start">First coordinate of the signal.</param>
    /// <param name="toFront">Whether each head is brought to the front coordinates of its simulator head, where queries meet keys.</param>
    public static ProjectedInput Input(string name, ConstructionSettings construction, int start, bool toFront)
    {
        int headSize = construction.SimulatorHeadSize;
        int size = construction.AuxiliaryHeadSize;
        IEnumerable<(int, Link)> links =
            from head in Enumerable.Range(0, construction.AuxiliaryHeads)
            from index in Enumerable.Range(0, size)
            let place = (head * size % headSize) + index
            select (head, new Link(place, toFront ? index : place));
        IEnumerable<Link> mixing = Enumerable.Range(0, construction.AuxiliaryHeads)
            .Select(head => new Link((start / headSize) + Stretch(construction, head), head));
        return new ProjectedInput(
            new MixingMap(name + "_head", construction.SimulatorHeads, headSize, mixing),
            new SplitMap(name, construction.SimulatorHeads, headSize, links));
    }

    /// <summary>Simulator-head-wide stretch of a signal in which an auxiliary head lies.</summary>
    private static int Stretch(ConstructionSettings construction, int head) =>
        head * construction.AuxiliaryHeadSize / construction.SimulatorHeadSize;
}
