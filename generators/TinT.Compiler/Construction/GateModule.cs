using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>act(z) ∘ p, a module for each block of D; both factors stay in memory.</summary>
internal static class GateModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static IEnumerable<SimulatorModule> Forward(ModelSpec spec, Signal gate, Signal factor, Signal output)
    {
        int size = spec.Auxiliary.HiddenSize;
        IReadOnlyList<Signal> gates = gate.CutIn(size);
        IReadOnlyList<Signal> factors = factor.CutIn(size);
        return output.CutIn(size).Select((y, k) => new SimulatorModule(
            Direction.Forward,
            ModuleKind.Gate,
            ModuleNames.Gating,
            EquatableArray.Create(gates[k], factors[k]),
            EquatableArray.Create(y),
            spec.Auxiliary.Activation.Span)
        {
            Memory = MemorySlot.For(spec, gates[k], factors[k]),
        });
    }

    /// <summary>The product rule: to p along act(z), exactly, and to z the Taylor difference of the activation along the gradient times p.</summary>
    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => [0, 1];

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs) =>
        [
            module with
            {
                Direction = Direction.Backward,
                Input = EquatableArray.Create(gradients[0], module.Input[0], module.Input[1]),
                Output = EquatableArray.Create(inputs[0], inputs[1]),
            },
        ];
    }
}
