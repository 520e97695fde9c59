using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>A sum of signals; of one signal a copy.</summary>
internal static class ResidualModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static SimulatorModule Sum(string name, IEnumerable<Signal> terms, Signal output, SourceSpan origin, Direction direction = Direction.Forward) =>
        new(direction, ModuleKind.Residual, name, terms.ToEquatableArray(), EquatableArray.Create(output), origin);

    /// <summary>The gradient at a sum is that at each of its terms.</summary>
    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => Enumerable.Range(0, module.Input.Count);

        public override bool IsIdentity(ModelSpec spec) => true;

        public override IEnumerable<SimulatorModule> Derive(ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs) => [];
    }
}
