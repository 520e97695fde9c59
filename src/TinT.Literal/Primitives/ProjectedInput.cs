using System.Numerics;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>How attention makes queries, keys or values of embeddings: parts are mixed first, then each part is mapped.</summary>
/// <param name="Mixing">The transposed kind of map, applied first; named <c>*_attn_head</c> as in the authors' code.</param>
/// <param name="Split">The split map, applied second; named <c>*_attn</c>.</param>
public sealed record ProjectedInput(MixingMap Mixing, SplitMap Split)
{
    /// <summary>The parameters of both maps, the split map first.</summary>
    public IEnumerable<ParameterDefinition> Parameters => [.. Split.Parameters, .. Mixing.Parameters];

    /// <summary>Maps every embedding.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Holds weights and biases.</param>
    /// <param name="input">Embeddings, [positions, H].</param>
    public Matrix<T> Apply<T>(LiteralRun<T> run, Matrix<T> input)
        where T : IFloatingPointIeee754<T> => Split.Apply(run, Mixing.Apply(run, input));
}
