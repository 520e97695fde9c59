using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>Backward and descent of one layer norm side by side. The descent moves β and, if asked for, G as a full matrix.</summary>
public sealed class LayerNormDescentBackward : LiteralModule
{
    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes, learning rate and Taylor scale.</param>
    /// <param name="biasOnly">Whether G stays as it is.</param>
    public LayerNormDescentBackward(string scope, ConstructionSettings construction, bool biasOnly)
    {
        Backward = new LayerNormBackward(scope + "backward.", construction);
        Descent = new LinearDescent(scope + "descent.linear.", construction, construction.MemoryStart(2), biasOnly);
    }

    /// <summary>Changes the tokens.</summary>
    public LayerNormBackward Backward { get; }

    /// <summary>Changes the prefix.</summary>
    public LinearDescent Descent { get; }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. Backward.Parameters, .. Descent.Parameters];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden) => Join(run, Descent.Run(run, hidden), Backward.Run(run, hidden));
}
