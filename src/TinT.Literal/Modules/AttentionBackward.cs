using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// From ∂c to ∂v: softmax scores are recomputed from q and k in the tokens' memory, transposed and applied to ∂c; what the heads of a group send back is
/// summed. Token j receives what token i sends back if i ≤ j or i belongs to the training part; tokens before j have no attention weight on it.
/// The memory stays as it is.
/// </summary>
public sealed class AttentionBackward : ProgramModule
{
    private readonly ConstructionSettings construction;
    private readonly int keptFrom;
    private readonly int window;
    private readonly PositionGates gates;
    private readonly SimulatorAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    /// <param name="window">Tokens that a token attends to, itself included; 0 for all.</param>
    public AttentionBackward(string scope, ConstructionSettings construction, int query, int key, int window = 0)
        : base(scope)
    {
        this.construction = construction;
        this.window = window;
        keptFrom = Math.Min(query, key);
        gates = new PositionGates(scope + "attnt_gates", construction, Positions.Tokens);
        attention = SoftmaxMaps.Attention(
            scope + "attnt_module.",
            construction,
            AttentionKind.TransposedSoftmax,
            SignalHeads.OfQueries(construction, query),
            SignalHeads.OfKeys(construction, key),
            SignalHeads.OfQueries(construction, 0),
            SignalHeads.OfKeys(construction, 0));
    }

    /// <inheritdoc/>
    public override string Program => "attention_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. gates.Parameters, .. attention.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new AttentionStep(from, to, attention, MaskRule.Tokens, MaskRule.SentBack) { Window = window },
        new AddToTokensStep(from, keptFrom, to, keptFrom, construction.HiddenSize - keptFrom),
        new GatesStep(from, to, gates),
    ];
}
