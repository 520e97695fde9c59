using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>
/// One module of the simulator as real parameters. A module itself holds shapes and the rule for each value; the values are in
/// the run, so that the same module counts, allocates and executes.
/// </summary>
public abstract class LiteralModule
{
    /// <summary>Every parameter of the module, in the order of the authors' code.</summary>
    public abstract IEnumerable<ParameterDefinition> Parameters { get; }

    /// <summary>Runs the module.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Parameters, position codes and masks.</param>
    /// <param name="hidden">Embeddings, [P + T, H], prefix first; not changed.</param>
    /// <returns>The embeddings after the module, [P + T, H].</returns>
    public abstract Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden)
        where T : IFloatingPointIeee754<T>;

    /// <summary>
    /// The residual connections of memory: adds coordinates of the tokens to other coordinates of a module's output.
    /// </summary>
    internal static void AddToTokens<T>(LiteralRun<T> run, Matrix<T> from, int fromStart, Matrix<T> to, int toStart, int width)
        where T : IFloatingPointIeee754<T>
    {
        for (int position = run.PrefixCount; position < run.PositionCount; position++)
        {
            ReadOnlySpan<T> source = from.Row(position, fromStart, width);
            Span<T> target = to.Row(position, toStart, width);
            TensorPrimitives.Add(target, source, target);
        }
    }

    /// <summary>The prefix of one matrix in front of the tokens of another.</summary>
    internal static Matrix<T> Join<T>(LiteralRun<T> run, Matrix<T> prefix, Matrix<T> tokens)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> joined = run.Scratch.Take(tokens.Rows, tokens.Columns);
        tokens.AsSpan().CopyTo(joined.AsSpan());
        prefix.AsSpan()[..(run.PrefixCount * tokens.Columns)].CopyTo(joined.AsSpan());
        return joined;
    }
}
