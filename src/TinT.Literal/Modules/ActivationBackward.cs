using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// N (act(z + ∂s / N) − act(z)): a map that makes z + ∂s / N beside z, the activation, and a map that makes the difference. It has no
/// gates: its prefix holds nothing.
/// </summary>
public sealed class ActivationBackward : ProgramModule
{
    private readonly MixingMap perturbation;
    private readonly MixingMap difference;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes, activation and Taylor scale.</param>
    /// <param name="memoryStart">First coordinate of z in the tokens' memory.</param>
    public ActivationBackward(string scope, ConstructionSettings construction, int memoryStart)
        : base(scope)
    {
        int memory = memoryStart / construction.SimulatorHeadSize;
        IEnumerable<int> parts = Enumerable.Range(0, construction.HeadsPerSignal);
        MixingMap Map(string name, IEnumerable<Link> links) =>
            new(scope + name, construction.SimulatorHeads, construction.SimulatorHeadSize, links);
        double scale = construction.TaylorScale;
        perturbation = Map("c_fc", parts.SelectMany(part => new Link[]
        {
            new(part, part, 1 / scale), new(memory + part, part), new(memory + part, memory + part),
        }));
        difference = Map("proj_fc", parts.SelectMany(part => new Link[] { new(part, part, scale), new(memory + part, part, -scale) }));
    }

    /// <inheritdoc/>
    public override string Program => "activation_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. perturbation.Parameters, .. difference.Parameters];

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new MapStep(from, to, perturbation),
        new ActivateStep(to, to),
        new MapStep(to, to, difference),
    ];
}
