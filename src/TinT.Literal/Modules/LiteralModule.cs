using System.Numerics;
using TinT.Literal.Parameters;
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
}
