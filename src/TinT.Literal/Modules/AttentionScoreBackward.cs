using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// From ∂c to ∂q and ∂k, for <c>attention: exact</c>; not in the authors' construction. The input has ∂c in front and q, k and v, which was made again of
/// what all three were made of, at its end; the output has ∂q and ∂k one after another in the first coordinates of the tokens, with rotary positions turned back.
/// </summary>
public sealed class AttentionScoreBackward : ProgramModule
{
    private const string Gradient = "gradient";

    private readonly ConstructionSettings construction;
    private readonly int window;
    private readonly ScoreGradientAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="window">Tokens that a token attends to, itself included; 0 for all.</param>
    /// <exception cref="NotSupportedException">∂c, q, k and v do not fit into one embedding.</exception>
    public AttentionScoreBackward(string scope, ConstructionSettings construction, int window = 0)
        : base(scope)
    {
        this.construction = construction;
        this.window = window;
        if (QueryStart < construction.QueryWidth)
        {
            throw new NotSupportedException(
                $"With attention: exact a simulator's embedding holds the gradient of the context, queries, keys and values at once, {2 * (construction.QueryWidth + construction.KeyValueWidth)} "
                + $"coordinates; simulator.hidden_size is {construction.HiddenSize}. Make it larger, or use attention: values.");
        }

        ProjectedInput Input(string name, SignalHeads from, SignalHeads? to = null) => SoftmaxMaps.Input($"{scope}attnt_module.{name}", construction, from, to);
        SignalHeads queries = SignalHeads.OfQueries(construction, QueryStart);
        SignalHeads keys = SignalHeads.OfKeys(construction, KeyStart);
        SignalHeads toQueries = SignalHeads.OfQueries(construction, 0);
        SignalHeads toKeys = SignalHeads.OfKeys(construction, construction.QueryWidth);
        attention = new ScoreGradientAttention
        {
            HeadCount = construction.SimulatorHeads,
            ScoreScale = construction.Auxiliary.ScoreScale,
            Slopes = construction.Auxiliary.Slopes(),
            ScoreCap = construction.Auxiliary.ScoreCap,
            Query = Input("q_attn", queries),
            Key = Input("k_attn", keys),
            ContextGradient = Input("g_attn", SignalHeads.OfQueries(construction, 0)),
            Value = Input("v_attn", SignalHeads.OfKeys(construction, ValueStart)),
            ToQueries = Input("to_q_attn", keys, toQueries),
            ToKeys = Input("to_k_attn", queries, toKeys),
            QueryProjection = SoftmaxMaps.Projection(scope + "attnt_module.q_proj", construction, toQueries),
            KeyProjection = SoftmaxMaps.Projection(scope + "attnt_module.k_proj", construction, toKeys),
        };
    }

    /// <summary>First coordinate of q.</summary>
    public int QueryStart => KeyStart - construction.QueryWidth;

    /// <summary>First coordinate of k.</summary>
    public int KeyStart => ValueStart - construction.KeyValueWidth;

    /// <summary>First coordinate of v.</summary>
    public int ValueStart => construction.HiddenSize - construction.KeyValueWidth;

    /// <inheritdoc/>
    public override string Program => "attention_score_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => attention.Parameters;

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to)
    {
        string gradient = construction.Auxiliary.Rotary is null ? to : Gradient;
        return
        [
            new ScoreGradientStep(from, gradient, attention, MaskRule.Tokens, MaskRule.SentBack) { Window = window },
            .. RotateStep.QueriesAndKeys(construction, gradient, to, back: true),
        ];
    }
}
