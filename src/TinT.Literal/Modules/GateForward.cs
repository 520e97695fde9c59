using TinT.Literal.Parameters;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>s = act(z) ∘ p by one product layer. z and p come one after another in the tokens' first coordinates and stay in their memory.</summary>
public sealed class GateForward : ProgramModule
{
    private readonly ConstructionSettings construction;
    private readonly int gate;
    private readonly int factor;
    private readonly ProductLayer product;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and activation.</param>
    /// <param name="gate">First coordinate of z in the tokens' memory.</param>
    /// <param name="factor">First coordinate of p in it.</param>
    public GateForward(string scope, ConstructionSettings construction, int gate, int factor)
        : base(scope)
    {
        this.construction = construction;
        this.gate = gate;
        this.factor = factor;
        product = new ProductLayer(scope, construction, 0, construction.AuxiliarySize, 0, activates: true);
    }

    /// <inheritdoc/>
    public override string Program => "gate_forward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => product.Parameters;

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to)
    {
        int size = construction.AuxiliarySize;
        return product.StepsBetween(from, to, new AddToTokensStep(from, 0, to, gate, size), new AddToTokensStep(from, size, to, factor, size));
    }
}
