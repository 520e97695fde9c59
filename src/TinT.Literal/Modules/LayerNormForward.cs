using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>y = x̂ Gᵀ + β: the first D coordinates of the tokens are normalized, then a linear module applies the prefix. x̂ and x stay in memory.</summary>
public sealed class LayerNormForward : ProgramModule
{
    private const string Normalized = "normalised";

    private readonly ConstructionSettings construction;
    private readonly int input;
    private readonly LinearForward linear;
    private readonly PositionGates gates;
    private readonly RegionNorm norm;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="normalized">First coordinate of x̂ in the tokens' memory.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public LayerNormForward(string scope, ConstructionSettings construction, int normalized, int input)
        : this(scope, construction, normalized, input, RegionNorm.OfSignal(construction))
    {
    }

    /// <summary>Creates a module that normalizes something else than the first D coordinates.</summary>
    internal LayerNormForward(string scope, ConstructionSettings construction, int normalized, int input, RegionNorm norm)
        : base(scope)
    {
        this.construction = construction;
        this.input = input;
        linear = new LinearForward(scope + "linear.", construction, normalized);
        gates = new PositionGates(scope + "normalization_gates", construction, Positions.Tokens);
        this.norm = norm;
    }

    /// <inheritdoc/>
    public override string Program => "layer_norm_forward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. linear.Parameters, .. gates.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new NormalizeStep(from, Normalized, norm),
        new GatesStep(from, Normalized, gates),
        .. linear.StepsBetween(Normalized, to),
        new AddToTokensStep(from, 0, to, input, construction.AuxiliarySize),
    ];
}
