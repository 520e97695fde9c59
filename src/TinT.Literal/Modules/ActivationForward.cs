using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>s = act(z), element-wise between two maps; z stays in the tokens' memory.</summary>
public sealed class ActivationForward : LiteralModule
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
    public override IEnumerable<ParameterDefinition> Parameters => [.. inner.Parameters, .. outer.Parameters, .. gates.Parameters];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden)
    {
        Matrix<T> output = outer.Apply(run, run.Activate(inner.Apply(run, hidden)));
        AddToTokens(run, hidden, 0, output, memoryStart, construction.AuxiliarySize);
        return gates.Apply(run, hidden, output);
    }
}
