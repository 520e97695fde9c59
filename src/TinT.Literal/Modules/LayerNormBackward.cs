using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// N (LN₀(x + (∂y G) / N) − x̂): a linear module's backward pass, a mixing map that makes x + (∂y G) / N, the norm, and a mixing map that makes
/// the difference. x̂ and x are in the tokens' memory.
/// </summary>
public sealed class LayerNormBackward : ProgramModule
{
    private const string Gradient = "gradient";
    private const string Perturbed = "perturbed";

    private readonly LinearBackward linear;
    private readonly MixingMap perturbation;
    private readonly MixingMap difference;
    private readonly PositionGates gates;
    private readonly RegionNorm norm;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and Taylor scale.</param>
    /// <param name="normalized">First coordinate of x̂ in the tokens' memory.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public LayerNormBackward(string scope, ConstructionSettings construction, int normalized, int input)
        : this(scope, construction, normalized, input, RegionNorm.OfSignal(construction))
    {
    }

    /// <summary>Creates a module that normalizes something else than the first D coordinates.</summary>
    internal LayerNormBackward(string scope, ConstructionSettings construction, int normalized, int input, RegionNorm norm)
        : base(scope)
    {
        linear = new LinearBackward(scope + "linear.", construction, keptFrom: Math.Min(normalized, input));
        int normalizedPart = normalized / construction.SimulatorHeadSize;
        int inputPart = input / construction.SimulatorHeadSize;
        IEnumerable<int> parts = Enumerable.Range(0, construction.HeadsPerSignal);
        MixingMap Map(string name, IEnumerable<Link> links) =>
            new(scope + name, construction.SimulatorHeads, construction.SimulatorHeadSize, links);
        double scale = construction.TaylorScale;
        perturbation = Map("c_fc", parts.SelectMany(part => new Link[] { new(part, part, 1 / scale), new(inputPart + part, part) }));
        difference = Map("proj_fc", parts.SelectMany(part => new Link[] { new(part, part, scale), new(normalizedPart + part, part, -scale) }));
        gates = new PositionGates(scope + "normalization_gates", construction, Positions.Tokens);
        this.norm = norm;
    }

    /// <inheritdoc/>
    public override string Program => "layer_norm_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters =>
        [.. linear.Parameters, .. perturbation.Parameters, .. difference.Parameters, .. gates.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        .. linear.StepsBetween(from, Gradient),
        new MapStep(Gradient, Perturbed, perturbation),
        new MixRegionStep(Gradient, Perturbed, Perturbed, norm),
        new NormalizeStep(Perturbed, Perturbed, norm),
        new MapStep(Perturbed, to, difference),
        new MixRegionStep(Perturbed, to, to, norm),
        new GatesStep(from, to, gates),
    ];
}
