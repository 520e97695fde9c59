using TinT.Literal.Parameters;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// From ∂s to ∂z and ∂p, one after another in the tokens' first coordinates: ∂p = act(z) ∘ ∂s by a product layer, and ∂z = N (act(z + (∂s ∘ p) / N) − act(z)) by
/// another and the two maps of an activation's backward pass. z and p are in the tokens' memory.
/// </summary>
public sealed class GateBackward : ProgramModule
{
    private const string ToFactor = "to_factor";
    private const string ToActivation = "to_activation";

    private readonly ConstructionSettings construction;
    private readonly int gate;
    private readonly ProductLayer toFactor;
    private readonly ProductLayer toActivation;
    private readonly ActivationBackward activation;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes, activation and Taylor scale.</param>
    /// <param name="gate">First coordinate of z in the tokens' memory.</param>
    /// <param name="factor">First coordinate of p in it.</param>
    public GateBackward(string scope, ConstructionSettings construction, int gate, int factor)
        : base(scope)
    {
        this.construction = construction;
        this.gate = gate;
        toFactor = new ProductLayer(scope + "to_factor.", construction, gate, 0, construction.AuxiliarySize, activates: true);
        toActivation = new ProductLayer(scope + "to_activation.", construction, factor, 0, 0, activates: false);
        activation = new ActivationBackward(scope, construction, gate);
    }

    /// <inheritdoc/>
    public override string Program => "gate_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. toFactor.Parameters, .. toActivation.Parameters, .. activation.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to)
    {
        int size = construction.AuxiliarySize;
        return
        [
            .. toFactor.StepsBetween(from, ToFactor),
            .. toActivation.StepsBetween(from, ToActivation, new AddToTokensStep(from, gate, ToActivation, gate, size)),
            .. activation.StepsBetween(ToActivation, to),
            new AddToTokensStep(ToFactor, size, to, size, size),
        ];
    }
}
