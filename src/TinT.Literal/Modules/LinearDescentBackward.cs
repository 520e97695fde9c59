using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>Backward and descent of one linear module side by side: both read the same embeddings, so W is the old one in both.</summary>
public sealed class LinearDescentBackward : LiteralModule
{
    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and learning rate.</param>
    /// <param name="memoryStart">First coordinate of x in the tokens' memory.</param>
    public LinearDescentBackward(string scope, ConstructionSettings construction, int memoryStart)
    {
        Backward = new LinearBackward(scope + "backward.", construction, memoryStart);
        Descent = new LinearDescent(scope + "descent.", construction, memoryStart);
    }

    /// <summary>Changes the tokens.</summary>
    public LinearBackward Backward { get; }

    /// <summary>Changes the prefix.</summary>
    public LinearDescent Descent { get; }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. Backward.Parameters, .. Descent.Parameters];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden) => run.Join(Descent.Run(run, hidden), Backward.Run(run, hidden));
}
