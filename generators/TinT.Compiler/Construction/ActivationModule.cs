using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>Element-wise activation, a module for each block of D; its argument stays in memory.</summary>
internal static class ActivationModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static IEnumerable<SimulatorModule> Forward(ModelSpec spec, Signal input, Signal output)
    {
        int size = spec.Auxiliary.HiddenSize;
        return input.CutIn(size).Zip(output.CutIn(size), (x, y) => new SimulatorModule(
            Direction.Forward, ModuleKind.Activation, ModuleNames.Activation, EquatableArray.Create(x), EquatableArray.Create(y), spec.Auxiliary.Activation.Span)
        {
            Memory = MemorySlot.For(spec, x),
        });
    }

    /// <summary>The Taylor difference at the argument along the gradient.</summary>
    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => [0];

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs) =>
        [
            module with
            {
                Direction = Direction.Backward,
                Input = EquatableArray.Create(gradients[0], module.Input[0]),
                Output = EquatableArray.Create(inputs[0]),
            },
        ];
    }
}
