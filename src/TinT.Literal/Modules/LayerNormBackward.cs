using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>
/// N (LN₀(x + (∂y G) / N) − x̂): a linear module's backward pass, a mixing map that makes x + (∂y G) / N, the norm, and a mixing map that makes
/// the difference. x̂ and x are in the tokens' memory.
/// </summary>
public sealed class LayerNormBackward : LiteralModule
{
    private readonly LinearBackward linear;
    private readonly MixingMap perturbation;
    private readonly MixingMap difference;
    private readonly PositionGates gates;
    private readonly RegionNorm norm;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and Taylor scale.</param>
    /// <param name="normalized">First coordinate of x̂ in the tokens' memory.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public LayerNormBackward(string scope, ConstructionSettings construction, int normalized, int input)
    {
        linear = new LinearBackward(scope + "linear.", construction, keptFrom: Math.Min(normalized, input));
        int normalizedPart = normalized / construction.SimulatorHeadSize;
        int inputPart = input / construction.SimulatorHeadSize;
        IEnumerable<int> parts = Enumerable.Range(0, construction.HeadsPerSignal);
        MixingMap Map(string name, IEnumerable<Link> links) =>
            new(scope + name, construction.SimulatorHeads, construction.SimulatorHeadSize, links);
        double scale = construction.TaylorScale;
        perturbation = Map("c_fc", parts.SelectMany(part => new Link[] { new(part, part, 1 / scale), new(inputPart + part, part) }));
        difference = Map("proj_fc", parts.SelectMany(part => new Link[] { new(part, part, scale), new(normalizedPart + part, part, -scale) }));
        gates = new PositionGates(scope + "normalization_gates", construction, Positions.Tokens);
        norm = new RegionNorm(construction);
    }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters =>
        [.. linear.Parameters, .. perturbation.Parameters, .. difference.Parameters, .. gates.Parameters];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden)
    {
        Matrix<T> gradient = linear.Run(run, hidden);
        Matrix<T> perturbed = norm.Mix(run, gradient, perturbation.Apply(run, gradient));
        norm.Normalise(run, perturbed);
        Matrix<T> output = norm.Mix(run, perturbed, difference.Apply(run, perturbed));
        return gates.Apply(run, hidden, output);
    }
}
