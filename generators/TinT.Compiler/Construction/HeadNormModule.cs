using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>A norm of each head, with one gain for all heads. It is part of the simulator's attention.</summary>
internal static class HeadNormModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static SimulatorModule Forward(ModelSpec spec, string name, Signal input, Signal output, SourceSpan origin)
    {
        int size = spec.Auxiliary.HiddenSize;
        return new SimulatorModule(
            Direction.Forward, ModuleKind.HeadNorm, name, input.CutIn(size).ToEquatableArray(), output.CutIn(size).ToEquatableArray(), origin)
        {
            Matrix = new PrefixMatrix(name, 0, 1, 0, 1, Diagonal: true, HasBias: false),
        };
    }

    /// <summary>The Taylor difference along the gradient times the gain, at the input; only with exact attention gradients is there one.</summary>
    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => Enumerable.Range(0, module.Input.Count);

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs)
        {
            yield return module with { Direction = Direction.Backward, Input = gradients.ToEquatableArray(), Output = inputs.ToEquatableArray() };
            if (spec.Training.MovesScores && spec.Training.LayerNorm.Value is LayerNormUpdate.Gain or LayerNormUpdate.Full)
                yield return module with { Direction = Direction.Descent, Input = gradients.ToEquatableArray(), Output = default, Gate = Positions.Prefix };
        }
    }
}
