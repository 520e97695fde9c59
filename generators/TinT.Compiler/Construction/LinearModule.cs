using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Model.Parameters;

namespace TinT.Compiler.Construction;

/// <summary>y = x Wᵀ + b. A matrix of any shape is as many modules as it has blocks of D×D.</summary>
internal static class LinearModule
{
    public static BackwardRule Backward { get; } = new Rule();

    /// <summary>
    /// The modules of one matrix. Blocks of outputs become blocks of <paramref name="output"/>; blocks of inputs each make a part of all of it, whose sum it is.
    /// </summary>
    /// <param name="spec">The spec.</param>
    /// <param name="name">The auxiliary module.</param>
    /// <param name="input">x.</param>
    /// <param name="output">y.</param>
    /// <param name="origin">Place in the spec that asked for it.</param>
    /// <param name="keepsInput">Whether x stays in the token's memory; softmax attention keeps that of its projections itself.</param>
    public static IEnumerable<SimulatorModule> Forward(ModelSpec spec, string name, Signal input, Signal output, SourceSpan origin, bool keepsInput = true)
    {
        int size = spec.Auxiliary.HiddenSize;
        IReadOnlyList<Signal> inputs = input.CutIn(size);
        IReadOnlyList<Signal> outputs = output.CutIn(size);
        if (inputs.Count > 1 && outputs.Count > 1)
            throw new InvalidOperationException($"{name} has more than {size} inputs and more than {size} outputs.");
        IReadOnlyList<Signal> parts = inputs.Count > 1 ? Terms(spec, input, output) : outputs;
        bool hasBias = spec.Auxiliary.Model.HasBias(name);
        for (int row = 0; row < outputs.Count; row++)
        {
            for (int column = 0; column < inputs.Count; column++)
            {
                yield return new SimulatorModule(
                    Direction.Forward, ModuleKind.Linear, name, EquatableArray.Create(inputs[column]), EquatableArray.Create(parts[row + column]), origin)
                {
                    Matrix = new PrefixMatrix(name, row, outputs.Count, column, inputs.Count, Diagonal: false, hasBias),
                    Memory = keepsInput ? MemorySlot.For(spec, inputs[column]) : default,
                };
            }
        }
    }

    /// <summary>The signals whose sum is y: one for each block of inputs.</summary>
    public static IReadOnlyList<Signal> Terms(ModelSpec spec, Signal input, Signal output)
    {
        int blocks = PrefixMatrix.BlocksOf(input.Width, spec.Auxiliary.HiddenSize);
        return [.. Enumerable.Range(0, blocks).Select(k => output with { Block = k, Blocks = blocks })];
    }

    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) => [0];

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs)
        {
            yield return new SimulatorModule(
                Direction.Backward, ModuleKind.Linear, module.Name, EquatableArray.Create(gradients[0]), EquatableArray.Create(inputs[0]), module.Origin)
            {
                Matrix = module.Matrix,
            };
            if (!spec.Training.MovesScores && module.Name is ModuleNames.Query or ModuleNames.Key)
                yield break;
            yield return new SimulatorModule(
                Direction.Descent, ModuleKind.Linear, module.Name, EquatableArray.Create(gradients[0], module.Input[0]), default, module.Origin)
            {
                Matrix = module.Matrix,
                Memory = MemorySlot.For(spec, module.Input[0]),
            };
        }
    }
}
