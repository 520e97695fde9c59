using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// c = softmax attention over tokens that carry q, k, v and x one after another in their first 4 D coordinates, with the auxiliary's heads. q, k
/// and x stay in the tokens' memory.
/// </summary>
public sealed class SoftmaxAttention : ProgramModule
{
    private readonly ConstructionSettings construction;
    private readonly int query;
    private readonly int key;
    private readonly int input;
    private readonly PositionGates gates;
    private readonly SimulatorAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public SoftmaxAttention(string scope, ConstructionSettings construction, int query, int key, int input)
        : base(scope)
    {
        this.construction = construction;
        this.query = query;
        this.key = key;
        this.input = input;
        gates = new PositionGates(scope + "gates", construction, Positions.Tokens);
        int size = construction.AuxiliarySize;
        attention = SoftmaxMaps.Attention(scope + "attnt_module.", construction, AttentionKind.Softmax, 0, size, 2 * size);
    }

    /// <inheritdoc/>
    public override string Program => "attention_forward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. gates.Parameters, .. attention.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to)
    {
        int size = construction.AuxiliarySize;
        return
        [
            new AttentionStep(from, to, attention, MaskRule.Tokens),
            new AddToTokensStep(from, 0, to, query, size),
            new AddToTokensStep(from, size, to, key, size),
            new AddToTokensStep(from, 3 * size, to, input, size),
            new GatesStep(from, to, gates),
        ];
    }
}
