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
    private readonly LinearForward linear;
    private readonly ScoreGradientAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    public AttentionScoreBackward(string scope, ConstructionSettings construction)
    {
        this.construction = construction;
        linear = new LinearForward(scope + "linear.", construction, memoryStart: null);
        int query = construction.MemoryStart(3);
        int key = construction.MemoryStart(2);
        ProjectedInput Input(string name, int start, bool toFront = true) =>
            SoftmaxMaps.Input($"{scope}attnt_module.{name}", construction, start, toFront);
        attention = new ScoreGradientAttention
        {
            HeadCount = construction.SimulatorHeads,
            ScoreScale = 1 / Math.Sqrt(construction.AuxiliaryHeadSize),
            Query = Input("q_attn", query),
            Key = Input("k_attn", key),
            ContextGradient = Input("g_attn", 0),
            Value = Input("v_attn", construction.MemoryStart(1)),
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
        int memory = construction.MemoryStart(3);
        Matrix<T> input = LiteralModule.Join(run, hidden, new Matrix<T>(hidden.Rows, hidden.Columns));
        LiteralModule.AddToTokens(run, hidden, construction.MemoryStart(1), input, 0, size);
        Matrix<T> values = linear.Run(run, input);

        Matrix<T> tokens = new(hidden.Rows, hidden.Columns);
        LiteralModule.AddToTokens(run, hidden, 0, tokens, 0, size);
        LiteralModule.AddToTokens(run, hidden, memory, tokens, memory, 2 * size);
        LiteralModule.AddToTokens(run, values, 0, tokens, construction.MemoryStart(1), size);
        return attention.Apply(
            run, tokens, run.TokenMayAttend, (receiver, sender) => sender <= receiver || run.IsTraining(sender));
    }
}
