using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// y = x Wᵀ + b by linear attention over the prefix. Query: token x repeated S times over the heads; key: the prefix rows; value: the
/// one-hot code of the prefix; so head s of a token returns ⟨x, row p·S + s⟩ at coordinate p. The bias heads copy b from
/// prefix 0. A permutation puts the products in the order of the rows, and b is added.
/// </summary>
public sealed class LinearForward : ProgramModule
{
    private readonly ConstructionSettings construction;
    private readonly int? memoryStart;
    private readonly PositionGates gates;
    private readonly SimulatorAttention attention;
    private readonly SplitMap permutation;
    private readonly MixingMap biasSum;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="memoryStart">First coordinate where a token keeps its input; <see langword="null"/> if it does not.</param>
    public LinearForward(string scope, ConstructionSettings construction, int? memoryStart)
        : base(scope)
    {
        this.construction = construction;
        this.memoryStart = memoryStart;
        gates = new PositionGates(scope + "gates", construction, Positions.Tokens);
        attention = Attention(scope + "attnt_module.", construction);

        int size = construction.AuxiliarySize;
        int parts = construction.HiddenSize / size;
        int sharding = construction.Sharding;
        IEnumerable<(int, Link)> rowOrder = Enumerable.Range(0, size)
            .Select(row => (0, new Link((row % sharding * construction.PrefixCount) + (row / sharding), row)));
        permutation = new SplitMap(scope + "permutation_conv", parts, size, rowOrder.Concat(Link.Identity(size).Select(link => (1, link))));
        biasSum = new MixingMap(scope + "bias_add_conv", parts, size, [new Link(0, 0), new Link(1, 0)]);
    }

    /// <inheritdoc/>
    public override string Program => "linear_forward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters =>
        [.. gates.Parameters, .. attention.Parameters, .. permutation.Parameters, .. biasSum.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new AttentionStep(from, to, attention, MaskRule.Causal),
        new MapStep(to, to, permutation),
        new MapStep(to, to, biasSum),
        .. memoryStart is { } start ? [new AddToTokensStep(from, 0, to, start, construction.AuxiliarySize)] : Array.Empty<ModuleStep>(),
        new GatesStep(from, to, gates),
    ];

    private static SimulatorAttention Attention(string scope, ConstructionSettings construction)
    {
        HeadSplit heads = construction.LinearHeads;
        return new SimulatorAttention
        {
            HeadCount = construction.LinearHeadCount,
            Kind = AttentionKind.Linear,
            Query = LinearMaps.Mixed(scope + "q_attn", construction, LinearMaps.WeightHeads(construction).Select(head => new Link(head.Part, head.Head))),
            Key = LinearMaps.Embedding(scope + "k_attn", construction, Enumerable.Range(0, heads.WeightHeads)),
            Value = LinearMaps.Embedding(scope + "v_attn", construction, LinearMaps.BiasHeads(construction).Select(head => head.Head)),
            Positions = LinearMaps.Positions(
                scope + "p_attn",
                construction,
                LinearMaps.TokenCodes(construction, AttentionRole.Query)
                    .Concat(LinearMaps.PrefixCodes(construction, AttentionRole.Key))
                    .Concat(LinearMaps.PrefixCodes(construction, AttentionRole.Value))),
            Expansion = LinearMaps.Expansion(
                scope + "p_expand",
                construction,
                [
                    .. LinearMaps.BiasHeads(construction).Select(head => (AttentionRole.Query, head.Head)),
                    .. LinearMaps.BiasHeads(construction).Select(head => (AttentionRole.Key, head.Head)),
                    .. LinearMaps.WeightHeads(construction).Select(head => (AttentionRole.Value, head.Head)),
                ]),
            Projection = LinearMaps.Projection(
                scope + "c_proj",
                construction,
                [
                    .. LinearMaps.WeightHeads(construction).Select(head => new Link(head.Head, head.Row)),
                    .. LinearMaps.BiasHeads(construction).Select(head => new Link(head.Head, construction.Sharding + head.Part)),
                ]),
        };
    }
}
