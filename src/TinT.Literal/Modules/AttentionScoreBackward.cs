using System.Numerics;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>
/// From ∂c to ∂q and ∂k, for <c>attention: exact</c>; not in the authors' construction. v is made again of x in the tokens' memory and takes
/// its place there.
/// </summary>
public sealed class AttentionScoreBackward
{
    private readonly ConstructionSettings construction;
    private readonly int query;
    private readonly int key;
    private readonly int memoryInput;
    private readonly LinearForward linear;
    private readonly ScoreGradientAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public AttentionScoreBackward(string scope, ConstructionSettings construction, int query, int key, int input)
    {
        this.construction = construction;
        this.query = query;
        this.key = key;
        memoryInput = input;
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

    /// <summary>Every parameter of the module.</summary>
    public IEnumerable<ParameterDefinition> Parameters => [.. linear.Parameters, .. attention.Parameters];

    /// <summary>Runs the module.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Parameters, position codes and masks.</param>
    /// <param name="hidden">Tokens with ∂c in front and q, k, x in memory, behind the prefix of W_v, [P + T, H].</param>
    /// <returns>Tokens with ∂q and ∂k in their first 2 D coordinates, [P + T, H].</returns>
    public Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden)
        where T : IFloatingPointIeee754<T>
    {
        int size = construction.AuxiliarySize;
        Matrix<T> input = LiteralModule.Join(run, hidden, new Matrix<T>(hidden.Rows, hidden.Columns));
        LiteralModule.AddToTokens(run, hidden, memoryInput, input, 0, size);
        Matrix<T> values = linear.Run(run, input);

        Matrix<T> tokens = new(hidden.Rows, hidden.Columns);
        LiteralModule.AddToTokens(run, hidden, 0, tokens, 0, size);
        LiteralModule.AddToTokens(run, hidden, query, tokens, query, size);
        LiteralModule.AddToTokens(run, hidden, key, tokens, key, size);
        LiteralModule.AddToTokens(run, values, 0, tokens, memoryInput, size);
        return attention.Apply(
            run, tokens, run.TokenMayAttend, (receiver, sender) => sender <= receiver || run.IsTraining(sender));
    }
}
