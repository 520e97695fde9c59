using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// From ∂c to ∂v for <c>attention: none</c> where several heads read one head of values: the sum over each group, by the maps that attention has around its
/// sum over tokens.
/// </summary>
public sealed class GroupSum : ProgramModule
{
    private readonly PositionGates gates;
    private readonly ProjectedInput heads;
    private readonly MixingMap projection;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    public GroupSum(string scope, ConstructionSettings construction)
        : base(scope)
    {
        gates = new PositionGates(scope + "gates", construction, Positions.Tokens);
        SignalHeads values = SignalHeads.OfKeys(construction, 0);
        heads = SoftmaxMaps.Input(scope + "v_attn", construction, SignalHeads.OfQueries(construction, 0), values);
        projection = SoftmaxMaps.Projection(scope + "c_proj", construction, values);
    }

    /// <inheritdoc/>
    public override string Program => "group_sum";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. gates.Parameters, .. heads.Parameters, .. projection.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new MapStep(from, to, heads.Mixing),
        new MapStep(to, to, heads.Split),
        new MapStep(to, to, projection),
        new GatesStep(from, to, gates),
    ];
}
