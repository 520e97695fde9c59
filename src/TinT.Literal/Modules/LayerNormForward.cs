using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>y = x̂ Gᵀ + β: the first D coordinates of the tokens are normalised, then a linear module applies the prefix. x̂ and x stay in memory.</summary>
public sealed class LayerNormForward : LiteralModule
{
    private readonly ConstructionSettings construction;
    private readonly int input;
    private readonly LinearForward linear;
    private readonly PositionGates gates;
    private readonly RegionNorm norm;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="normalized">First coordinate of x̂ in the tokens' memory.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public LayerNormForward(string scope, ConstructionSettings construction, int normalized, int input)
    {
        this.construction = construction;
        this.input = input;
        linear = new LinearForward(scope + "linear.", construction, normalized);
        gates = new PositionGates(scope + "normalization_gates", construction, Positions.Tokens);
        norm = new RegionNorm(construction);
    }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. linear.Parameters, .. gates.Parameters];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden)
    {
        Matrix<T> normalised = new(hidden.Rows, hidden.Columns, (T[])hidden.Values.Clone());
        norm.Normalise(run, normalised);
        Matrix<T> output = linear.Run(run, gates.Apply(run, hidden, normalised));
        AddToTokens(run, hidden, 0, output, input, construction.AuxiliarySize);
        return output;
    }
}
