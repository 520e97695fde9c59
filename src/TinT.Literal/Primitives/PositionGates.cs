using System.Numerics;
using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>
/// Position gates: result = g_old · before + g_new · after with g = tanh(w · position code + b). They keep what a module must not
/// change as it was.
/// </summary>
public sealed class PositionGates
{
    private readonly PositionMap oldGate;
    private readonly PositionMap newGate;

    /// <summary>Creates gates.</summary>
    /// <param name="name">Name of the gates; their maps are <c>name.old_v</c> and <c>name.new_v</c>.</param>
    /// <param name="construction">Sizes and gate scale.</param>
    /// <param name="changed">
    /// Tokens: the prefix stays and the tokens are replaced. Prefix: the change is added to the prefix, and tokens, whose
    /// part is done, become the change alone.
    /// </param>
    public PositionGates(string name, ConstructionSettings construction, Positions changed)
    {
        Name = name;
        double scale = construction.GateScale;
        IEnumerable<Link> Prefix(double weight) =>
            Enumerable.Range(0, construction.PrefixCount).Select(prefix => new Link(construction.SequenceLength + prefix, 0, weight));
        oldGate = new PositionMap(name + ".old_v", construction.PositionSize, 1, Prefix(scale));
        newGate = new PositionMap(name + ".new_v", construction.PositionSize, 1, changed == Positions.Tokens ? Prefix(-scale) : [], scale);
    }

    /// <summary>Name of the gates.</summary>
    public string Name { get; }

    /// <summary>The parameters of both gates.</summary>
    public IEnumerable<ParameterDefinition> Parameters => [.. oldGate.Parameters, .. newGate.Parameters];

    /// <summary>Mixes embeddings before and after a module.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Parameters and position codes.</param>
    /// <param name="before">Embeddings before, [positions, H].</param>
    /// <param name="after">Embeddings after; overwritten by the result.</param>
    public Matrix<T> Apply<T>(LiteralRun<T> run, Matrix<T> before, Matrix<T> after)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> keep = oldGate.Apply(run);
        Matrix<T> change = newGate.Apply(run);
        for (int position = 0; position < before.Rows; position++)
        {
            T old = run.Gate(keep[position, 0]);
            T next = run.Gate(change[position, 0]);
            Span<T> from = before.Row(position);
            Span<T> to = after.Row(position);
            for (int index = 0; index < to.Length; index++)
                to[index] = old * from[index] + next * to[index];
        }

        return after;
    }
}
