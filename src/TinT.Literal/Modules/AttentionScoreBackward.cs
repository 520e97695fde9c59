using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// From ∂c to ∂q and ∂k, for <c>attention: exact</c>; not in the authors' construction. v is made again of x in the tokens' memory and takes
/// its place there. The input has ∂c in front and q, k, x in memory, behind the prefix of W_v; the output has ∂q and ∂k in the first 2 D
/// coordinates of the tokens.
/// </summary>
public sealed class AttentionScoreBackward : ProgramModule
{
    private const string ValueInput = "value_input";
    private const string Value = "value";
    private const string Sources = "sources";

    private readonly ConstructionSettings construction;
    private readonly int query;
    private readonly int key;
    private readonly int input;
    private readonly LinearForward linear;
    private readonly ScoreGradientAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public AttentionScoreBackward(string scope, ConstructionSettings construction, int query, int key, int input)
        : base(scope)
    {
        this.construction = construction;
        this.query = query;
        this.key = key;
        this.input = input;
        linear = new LinearForward(scope + "linear.", construction, memoryStart: null);
        ProjectedInput Input(string name, int start, bool toFront = true) =>
            SoftmaxMaps.Input($"{scope}attnt_module.{name}", construction, start, toFront);
        attention = new ScoreGradientAttention
        {
            HeadCount = construction.SimulatorHeads,
            ScoreScale = 1 / Math.Sqrt(construction.AuxiliaryHeadSize),
            Query = Input("q_attn", query),
            Key = Input("k_attn", key),
            ContextGradient = Input("g_attn", 0),
            Value = Input("v_attn", input),
            ToQueries = Input("to_q_attn", key, toFront: false),
            ToKeys = Input("to_k_attn", query, toFront: false),
            QueryProjection = SoftmaxMaps.Projection(scope + "attnt_module.q_proj", construction, 0),
            KeyProjection = SoftmaxMaps.Projection(scope + "attnt_module.k_proj", construction, construction.AuxiliarySize),
        };
    }

    /// <inheritdoc/>
    public override string Program => "attention_score_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. linear.Parameters, .. attention.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to)
    {
        int size = construction.AuxiliarySize;
        return
        [
            new TakePrefixStep(from, ValueInput),
            new AddToTokensStep(from, input, ValueInput, 0, size),
            .. linear.StepsBetween(ValueInput, Value),
            new TakePrefixStep(null, Sources),
            new AddToTokensStep(from, 0, Sources, 0, size),
            new AddToTokensStep(from, query, Sources, query, size),
            new AddToTokensStep(from, key, Sources, key, size),
            new AddToTokensStep(Value, 0, Sources, input, size),
            new ScoreGradientStep(Sources, to, attention, MaskRule.Tokens, MaskRule.SentBack),
        ];
    }
}
