using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// W −= lr Σ_t m_t ∂y_t x_tᵀ, b −= lr Σ_t m_t ∂y_t by linear attention of the prefix to the tokens of the training part. Query: the one-hot
/// code of the prefix; key: ∂y in the order of the prefix rows; value: −lr times the memory x; the result is added to the prefix rows. The bias
/// heads have the value −lr ∂y and the key 1 at coordinate 0, so that they reach prefix 0 alone. Where only the diagonal of
/// W moves, a mask clears the rest of what is added.
/// </summary>
public sealed class LinearDescent : ProgramModule
{
    private readonly PositionGates gates;
    private readonly SimulatorAttention attention;
    private readonly DiagonalMask? mask;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and learning rate.</param>
    /// <param name="memoryStart">
    /// First coordinate of x in the tokens' memory; <see langword="null"/> if W stays as it is, as the gain of a layer norm may.
    /// </param>
    /// <param name="hasBias">Whether there is a bias; if not, the bias heads move nothing.</param>
    /// <param name="keepsDiagonal">Whether only the diagonal of W moves, as of a gain that is trained as a vector.</param>
    public LinearDescent(string scope, ConstructionSettings construction, int? memoryStart, bool hasBias = true, bool keepsDiagonal = false)
        : base(scope)
    {
        gates = new PositionGates(scope + "gates", construction, Positions.Prefix);
        attention = Attention(scope + "attnt_module.", construction, memoryStart, hasBias);
        mask = keepsDiagonal ? new DiagonalMask(scope + "mask.", construction) : null;
    }

    /// <inheritdoc/>
    public override string Program => "linear_descent";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. gates.Parameters, .. attention.Parameters, .. mask?.Parameters ?? []];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        // The prefix does not look at itself, and sees the tokens of the training part; tokens ask for nothing.
        new AttentionStep(from, to, attention, MaskRule.Training),
        .. mask?.StepsOver(from, to) ?? [],
        new GatesStep(from, to, gates),
    ];

    private static SimulatorAttention Attention(string scope, ConstructionSettings construction, int? memoryStart, bool hasBias)
    {
        HeadSplit heads = construction.LinearHeads;
        double rate = -construction.LearningRate;
        int usedHeads = heads.WeightHeads + heads.BiasHeads;
        IEnumerable<Link> weightValues = memoryStart is { } start
            ? LinearMaps.WeightHeads(construction).Select(head => new Link((start / heads.HeadSize) + head.Part, head.Head, rate))
            : [];
        IEnumerable<Link> biasValues = hasBias ? LinearMaps.BiasHeads(construction).Select(head => new Link(head.Part, head.Head, rate)) : [];
        return new SimulatorAttention
        {
            HeadCount = construction.LinearHeadCount,
            Kind = AttentionKind.Linear,
            Query = LinearMaps.Mixed(scope + "q_attn", construction, []),
            Key = LinearMaps.GradientByPrefix(scope + "k_attn", construction),
            Value = LinearMaps.Mixed(scope + "v_attn", construction, weightValues.Concat(biasValues)),
            Positions = LinearMaps.Positions(
                scope + "p_attn",
                construction,
                LinearMaps.PrefixCodes(construction, AttentionRole.Query).Concat(LinearMaps.TokenCodes(construction, AttentionRole.Key))),
            Expansion = LinearMaps.Expansion(
                scope + "p_expand",
                construction,
                [
                    .. Enumerable.Range(0, usedHeads).Select(head => (AttentionRole.Query, head)),
                    .. LinearMaps.BiasHeads(construction).Select(head => (AttentionRole.Key, head.Head)),
                ]),
            Projection = LinearMaps.Projection(scope + "c_proj", construction, Link.Identity(usedHeads)),
        };
    }
}
