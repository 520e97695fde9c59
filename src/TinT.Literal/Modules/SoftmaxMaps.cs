using TinT.Literal.Primitives;

namespace TinT.Literal.Modules;

/// <summary>
/// Softmax attention with the auxiliary model's heads on the heads of the simulator, which are at least as large: simulator head a plays auxiliary head a.
/// </summary>
internal static class SoftmaxMaps
{
    /// <summary>
    /// Attention over tokens that hold queries, keys and what is summed. A head's query and key are brought to the front coordinates of its simulator head; a
    /// head of keys and values is copied to every head of its group, and the projection puts the heads' values at their places in the result, where those
    /// of a group are summed if they share one. Position codes are not used.
    /// </summary>
    /// <param name="scope">Name in front of the parameters.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="kind">Softmax, transposed or not.</param>
    /// <param name="query">The heads of q.</param>
    /// <param name="key">The heads of k.</param>
    /// <param name="value">The heads of what is summed.</param>
    /// <param name="result">The heads of the result.</param>
    public static SimulatorAttention Attention(
        string scope, ConstructionSettings construction, AttentionKind kind, SignalHeads query, SignalHeads key, SignalHeads value, SignalHeads result) => new()
        {
            HeadCount = construction.SimulatorHeads,
            Kind = kind,
            ScoreScale = construction.Auxiliary.ScoreScale,
            Slopes = construction.Auxiliary.Slopes(),
            ScoreCap = construction.Auxiliary.ScoreCap,
            Query = Input(scope + "q_attn", construction, query),
            Key = Input(scope + "k_attn", construction, key),
            Value = Input(scope + "v_attn", construction, value, result),
            Positions = new PositionMap(scope + "p_attn", construction.PositionSize, 3 * construction.SimulatorHeadSize, []),
            Expansion = new HeadExpansion(scope + "p_expand", construction.SimulatorHeads, []),
            Projection = Projection(scope + "c_proj", construction, result),
        };

    /// <summary>The projection that puts the heads' values together as one signal.</summary>
    /// <param name="name">Name of the map.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="result">The heads of the signal.</param>
    public static MixingMap Projection(string name, ConstructionSettings construction, SignalHeads result) => new(
        name,
        construction.SimulatorHeads,
        construction.SimulatorHeadSize,
        Heads(construction).SelectMany(head => Stretches(construction, result.PlaceOf(head))
            .Select((stretch, coordinate) => (coordinate, new Link(head, stretch)))));

    /// <summary>The auxiliary heads of one signal on the simulator's heads.</summary>
    /// <param name="name">Name of the maps.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="source">The heads of the signal.</param>
    /// <param name="target">
    /// Where the projection will put the heads; <see langword="null"/> if each is brought to the front coordinates of its simulator head, where queries meet keys.
    /// </param>
    public static ProjectedInput Input(string name, ConstructionSettings construction, SignalHeads source, SignalHeads? target = null)
    {
        int headSize = construction.SimulatorHeadSize;
        IEnumerable<(int, Link)> links =
            from head in Heads(construction)
            from index in Enumerable.Range(0, source.HeadSize)
            select (head, new Link((source.PlaceOf(head) + index) % headSize, target is { } places ? (places.PlaceOf(head) + index) % headSize : index));
        IEnumerable<(int, Link)> mixing = Heads(construction).SelectMany(head => Stretches(construction, source.PlaceOf(head))
            .Select((stretch, coordinate) => (coordinate, new Link(stretch, head))));
        return new ProjectedInput(
            new MixingMap(name + "_head", construction.SimulatorHeads, headSize, mixing),
            new SplitMap(name, construction.SimulatorHeads, headSize, links));
    }

    private static IEnumerable<int> Heads(ConstructionSettings construction) => Enumerable.Range(0, construction.Auxiliary.HeadCount);

    /// <summary>
    /// For each coordinate of a simulator head the stretch of the embedding, as wide as one, in which an auxiliary head has it. A head that
    /// ends behind its first stretch, as one can where d is no divisor of D, has its last coordinates in front of the next.
    /// </summary>
    private static IEnumerable<int> Stretches(ConstructionSettings construction, int place)
    {
        int size = construction.SimulatorHeadSize;
        int first = place / size;
        bool isCut = (place % size) + construction.Auxiliary.HeadSize > size;
        return Enumerable.Range(0, size).Select(coordinate => isCut && coordinate < place % size ? first + 1 : first);
    }
}
