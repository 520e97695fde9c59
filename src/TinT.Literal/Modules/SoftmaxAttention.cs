using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// c = softmax attention over tokens that carry q, k, v and x one after another in their first coordinates, each in whole blocks of D, with the auxiliary's
/// heads. Rotary positions turn q and k first. q, k and x stay in the tokens' memory, q and k as they were turned.
/// </summary>
public sealed class SoftmaxAttention : ProgramModule
{
    private const string Turned = "turned";

    private readonly ConstructionSettings construction;
    private readonly int query;
    private readonly int key;
    private readonly int input;
    private readonly int window;
    private readonly PositionGates gates;
    private readonly SimulatorAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    /// <param name="input">First coordinate of x in it.</param>
    /// <param name="window">Tokens that a token attends to, itself included; 0 for all.</param>
    public SoftmaxAttention(string scope, ConstructionSettings construction, int query, int key, int input, int window = 0)
        : base(scope)
    {
        this.construction = construction;
        this.query = query;
        this.key = key;
        this.input = input;
        this.window = window;
        gates = new PositionGates(scope + "gates", construction, Positions.Tokens);
        attention = SoftmaxMaps.Attention(
            scope + "attnt_module.",
            construction,
            AttentionKind.Softmax,
            SignalHeads.OfQueries(construction, 0),
            SignalHeads.OfKeys(construction, construction.QueryWidth),
            SignalHeads.OfKeys(construction, construction.QueryWidth + construction.KeyValueWidth),
            SignalHeads.OfQueries(construction, 0));
    }

    /// <inheritdoc/>
    public override string Program => "attention_forward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. gates.Parameters, .. attention.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to)
    {
        int queries = construction.QueryWidth;
        int keys = construction.KeyValueWidth;
        string source = construction.Auxiliary.Rotary is null ? from : Turned;
        return
        [
            .. RotateStep.QueriesAndKeys(construction, from, source, back: false),
            new AttentionStep(source, to, attention, MaskRule.Tokens) { Window = window },
            new AddToTokensStep(source, 0, to, query, queries),
            new AddToTokensStep(source, queries, to, key, keys),
            new AddToTokensStep(source, queries + (2 * keys), to, input, construction.AuxiliarySize),
            new GatesStep(from, to, gates),
        ];
    }
}
