using System.Numerics;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>
/// c = A v with q, k, v made of x. One linear module runs three times, each time behind the prefix of W_q, W_k or W_v; then softmax
/// attention with the auxiliary's heads runs over the tokens. q, k and x stay in the tokens' memory.
/// </summary>
public sealed class AttentionForward
{
    private readonly ConstructionSettings construction;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    /// <param name="input">First coordinate of x in it.</param>
    /// <param name="window">Tokens that a token attends to, itself included; 0 for all.</param>
    public AttentionForward(string scope, ConstructionSettings construction, int query, int key, int input, int window = 0)
    {
        this.construction = construction;
        Linear = new LinearForward(scope + "linear.", construction, memoryStart: null);
        Softmax = new SoftmaxAttention(scope, construction, query, key, input, window);
    }

    /// <summary>The linear module of all three projections.</summary>
    public LinearForward Linear { get; }

    /// <summary>The softmax attention.</summary>
    public SoftmaxAttention Softmax { get; }

    /// <summary>Every parameter of the module, in the order of the authors' code.</summary>
    public IEnumerable<ParameterDefinition> Parameters => [.. Linear.Parameters, .. Softmax.Parameters];

    /// <summary>Runs the module on a model whose queries, keys and values are D wide.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Parameters, position codes and masks.</param>
    /// <param name="hidden">Embeddings behind the prefix of W_q, [P + T, H].</param>
    /// <param name="keyPrefix">Prefix of W_k, [P, H].</param>
    /// <param name="valuePrefix">Prefix of W_v, [P, H].</param>
    public Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden, Matrix<T> keyPrefix, Matrix<T> valuePrefix)
        where T : IFloatingPointIeee754<T>
    {
        int size = construction.AuxiliarySize;
        Matrix<T> projected = Linear.Run(run, hidden);
        Matrix<T> keys = Linear.Run(run, run.Join(keyPrefix, hidden));
        Matrix<T> values = Linear.Run(run, run.Join(valuePrefix, hidden));
        run.AddToTokens(keys, 0, projected, size, size);
        run.AddToTokens(values, 0, projected, 2 * size, size);
        run.AddToTokens(hidden, 0, projected, 3 * size, size);
        return Softmax.Run(run, projected);
    }
}
