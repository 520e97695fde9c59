using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>Rotary positions, in place. The simulator's own attention turns queries and keys; what its memory keeps is turned.</summary>
internal static class RotationModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static SimulatorModule Forward(ModelSpec spec, string name, Signal signal, SourceSpan origin)
    {
        EquatableArray<Signal> blocks = signal.CutIn(spec.Auxiliary.HiddenSize).ToEquatableArray();
        return new SimulatorModule(Direction.Forward, ModuleKind.Rotation, name, blocks, blocks, origin);
    }

    /// <summary>The rotation back.</summary>
    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => Enumerable.Range(0, module.Input.Count);

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs) =>
        [
            module with { Direction = Direction.Backward, Input = gradients.ToEquatableArray(), Output = inputs.ToEquatableArray() },
        ];
    }
}
