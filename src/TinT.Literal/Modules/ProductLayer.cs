using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// A layer of the simulator that multiplies two signals of its tokens: a gated MLP. Two mixing maps bring the factors to one place, the activation is
/// applied to the first where it is wanted, and a split map lets the product through. The prefix stays.
/// </summary>
internal sealed class ProductLayer
{
    private const string First = "factor";
    private const string Second = "other_factor";

    private readonly bool activates;
    private readonly MixingMap firstFactor;
    private readonly MixingMap secondFactor;
    private readonly SplitMap outer;
    private readonly PositionGates gates;

    /// <summary>Creates a layer.</summary>
    /// <param name="scope">Name in front of its parameters, with a dot at the end.</param>
    /// <param name="construction">Sizes and activation.</param>
    /// <param name="factor">First coordinate of the first factor, which the activation is applied to.</param>
    /// <param name="otherFactor">First coordinate of the second factor.</param>
    /// <param name="product">First coordinate of the product.</param>
    /// <param name="activates">Whether the activation is applied.</param>
    public ProductLayer(string scope, ConstructionSettings construction, int factor, int otherFactor, int product, bool activates)
    {
        this.activates = activates;
        int parts = construction.SimulatorHeads;
        int partSize = construction.SimulatorHeadSize;
        MixingMap Bring(string name, int start) => new(scope + name, parts, partSize, Enumerable.Range(0, construction.HeadsPerSignal)
            .Select(part => new Link((start / partSize) + part, (product / partSize) + part)));
        firstFactor = Bring("mlp_module.c_fc", factor);
        secondFactor = Bring("mlp_module.c_factor", otherFactor);
        outer = SplitMap.Identity(scope + "mlp_module.c_proj", parts, partSize, Enumerable.Range(product / partSize, construction.HeadsPerSignal));
        gates = new PositionGates(scope + "mlp_gates", construction, Positions.Tokens);
    }

    /// <summary>Every parameter of the layer.</summary>
    public IEnumerable<ParameterDefinition> Parameters => [.. firstFactor.Parameters, .. secondFactor.Parameters, .. outer.Parameters, .. gates.Parameters];

    /// <summary>The operations between two registers.</summary>
    /// <param name="from">Register read.</param>
    /// <param name="to">Register written; it has the product and nothing else.</param>
    /// <param name="memory">What is added to the tokens beside the product.</param>
    public IEnumerable<ModuleStep> StepsBetween(string from, string to, params ModuleStep[] memory) =>
    [
        new MapStep(from, First, firstFactor),
        .. activates ? [new ActivateStep(First, First)] : Array.Empty<ModuleStep>(),
        new MapStep(from, Second, secondFactor),
        new MultiplyStep(First, Second, to),
        new MapStep(to, to, outer),
        .. memory,
        new GatesStep(from, to, gates),
    ];
}
