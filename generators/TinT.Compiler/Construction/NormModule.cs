using TinT.Compiler.Specs;
using TinT.Model.Parameters;

namespace TinT.Compiler.Construction;

/// <summary>A norm, x̂ Gᵀ + β with G = diag(gain) in a matrix of its own; x̂ and x stay in memory.</summary>
internal static class NormModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static SimulatorModule Forward(ModelSpec spec, string name, Signal input, Signal output) =>
        new(Direction.Forward, ModuleKind.Norm, name, EquatableArray.Create(input), EquatableArray.Create(output), spec.Auxiliary.NormEpsilon.Span)
        {
            Matrix = new PrefixMatrix(name, 0, 1, 0, 1, Diagonal: true, spec.Auxiliary.Model.HasBias(name)),
            Memory = MemorySlot.For(spec, Normalized(name, input), input),
        };

    private static Signal Normalized(string name, Signal input) => new(Signals.Normalized(name), input.Width);

    /// <summary>The Taylor difference along ∂y G and, unless nothing of it is trained, the descent of β, of the gain or of G as well.</summary>
    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => [0];

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs)
        {
            LayerNormUpdate update = spec.Training.LayerNorm.Value;
            EquatableArray<Signal> read = EquatableArray.Create(gradients[0], Normalized(module.Name, module.Input[0]));
            yield return new SimulatorModule(
                Direction.Backward, ModuleKind.Norm, module.Name, read, EquatableArray.Create(inputs[0]), spec.Training.LayerNorm.Span)
            {
                Matrix = module.Matrix,
                Memory = module.Memory,
            };
            if (update == LayerNormUpdate.None || (update == LayerNormUpdate.Bias && !module.Matrix!.HasBias))
                yield break;
            yield return new SimulatorModule(Direction.Descent, ModuleKind.Norm, module.Name, read, default, spec.Training.LayerNorm.Span)
            {
                Matrix = module.Matrix,
                Memory = update is LayerNormUpdate.Gain or LayerNormUpdate.Full ? EquatableArray.Create(module.Memory[0]) : default,
            };
        }
    }
}
