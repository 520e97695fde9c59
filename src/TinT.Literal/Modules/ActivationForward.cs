using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>s = act(z), element-wise between two maps; z stays in the tokens' memory.</summary>
public sealed class ActivationForward : ProgramModule
{
    private readonly ConstructionSettings construction;
    private readonly int memoryStart;
    private readonly MixingMap inner;
    private readonly SplitMap outer;
    private readonly PositionGates gates;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and activation.</param>
    /// <param name="memoryStart">First coordinate of z in the tokens' memory.</param>
    public ActivationForward(string scope, ConstructionSettings construction, int memoryStart)
        : base(scope)
    {
        this.construction = construction;
        this.memoryStart = memoryStart;
        int parts = construction.SimulatorHeads;
        int partSize = construction.SimulatorHeadSize;
        inner = MixingMap.Identity(scope + "mlp_module.c_fc", parts, partSize);
        outer = SplitMap.Identity(scope + "mlp_module.c_proj", parts, partSize, Enumerable.Range(0, memoryStart / partSize));
        gates = new PositionGates(scope + "mlp_gates", construction, Positions.Tokens);
    }

    /// <inheritdoc/>
    public override string Program => "activation_forward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. inner.Parameters, .. outer.Parameters, .. gates.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new MapStep(from, to, inner),
        new ActivateStep(to, to),
        new MapStep(to, to, outer),
        new AddToTokensStep(from, 0, to, memoryStart, construction.AuxiliarySize),
        new GatesStep(from, to, gates),
    ];
}
