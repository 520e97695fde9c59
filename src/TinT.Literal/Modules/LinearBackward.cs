using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// ∂y W by linear attention. Query: ∂y in the order of the prefix rows; key: the one-hot code of the prefix; value: the prefix rows;
/// the heads' outputs are summed, which gives Σ_i ∂y_i row i.
/// </summary>
public sealed class LinearBackward : ProgramModule
{
    private readonly ConstructionSettings construction;
    private readonly int? keptFrom;
    private readonly PositionGates gates;
    private readonly SimulatorAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="keptFrom">From which coordinate on the tokens stay as they are; <see langword="null"/> if nothing of them stays.</param>
    public LinearBackward(string scope, ConstructionSettings construction, int? keptFrom)
        : base(scope)
    {
        this.construction = construction;
        this.keptFrom = keptFrom;
        gates = new PositionGates(scope + "gates", construction, Positions.Tokens);
        attention = Attention(scope + "attnt_module.", construction);
    }

    /// <inheritdoc/>
    public override string Program => "linear_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. gates.Parameters, .. attention.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new AttentionStep(from, to, attention, MaskRule.Causal),
        .. keptFrom is { } start ? [new AddToTokensStep(from, start, to, start, construction.HiddenSize - start)] : Array.Empty<ModuleStep>(),
        new GatesStep(from, to, gates),
    ];

    private static SimulatorAttention Attention(string scope, ConstructionSettings construction) => new()
    {
        HeadCount = construction.LinearHeadCount,
        Kind = AttentionKind.Linear,
        Query = LinearMaps.GradientByPrefix(scope + "q_attn", construction),
        Key = LinearMaps.Embedding(scope + "k_attn", construction, []),
        Value = LinearMaps.Embedding(scope + "v_attn", construction),
        Positions = LinearMaps.Positions(scope + "p_attn", construction, LinearMaps.PrefixCodes(construction, AttentionRole.Key)),
        Expansion = LinearMaps.Expansion(
            scope + "p_expand", construction, Enumerable.Range(0, construction.LinearHeadCount).Select(head => (AttentionRole.Key, head))),
        Projection = LinearMaps.Projection(
            scope + "c_proj", construction, LinearMaps.WeightHeads(construction).Select(head => new Link(head.Head, head.Part))),
    };
}
