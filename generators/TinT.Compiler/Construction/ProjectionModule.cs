using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>y = x Wᵀ between the widths of token embeddings and of the hidden state: a layer of the simulator, which no descent changes.</summary>
internal static class ProjectionModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static SimulatorModule Forward(string name, IEnumerable<Signal> inputs, Signal output, SourceSpan origin) =>
        new(Direction.Forward, ModuleKind.Projection, name, inputs.ToEquatableArray(), EquatableArray.Create(output), origin);

    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => [0];

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs) =>
        [
            module with { Direction = Direction.Backward, Input = gradients.ToEquatableArray(), Output = EquatableArray.Create(inputs[0]) },
        ];
    }
}
