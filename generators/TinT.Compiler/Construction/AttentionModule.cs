using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>Softmax attention over q, k and v. q, k and the input that all three were made of stay in memory.</summary>
internal static class AttentionModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static SimulatorModule Forward(ModelSpec spec, Signal query, Signal key, Signal value, Signal projected, Signal output, SourceSpan origin) =>
        new(Direction.Forward, ModuleKind.Attention, ModuleNames.Attention, EquatableArray.Create(query, key, value), EquatableArray.Create(output), origin)
        {
            Memory = MemorySlot.For(spec, query, key, projected),
        };

    /// <summary>
    /// Through the transposed attention matrix to v, and with exact scores also to q and k; v is not in memory and is then made again of the input.
    /// Without attention gradients what comes to the output goes to v as it is.
    /// </summary>
    private sealed class Rule : BackwardRule
    {
        private const int Value = 2;

        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module) =>
            spec.Training.Attention.Value == AttentionGradient.Exact ? [0, 1, Value] : [Value];

        public override bool IsIdentity(ModelSpec spec) => spec.Training.Attention.Value == AttentionGradient.None;

        public override IEnumerable<SimulatorModule> Derive(ModelSpec spec, SimulatorModule module, Signal gradient, IReadOnlyList<Signal> inputs)
        {
            bool exact = spec.Training.Attention.Value == AttentionGradient.Exact;
            IEnumerable<Signal> read = exact ? [gradient, .. module.Input] : [gradient, module.Input[0], module.Input[1]];
            Signal[] written = exact ? [inputs[Value], inputs[0], inputs[1]] : [inputs[Value]];
            yield return new SimulatorModule(
                Direction.Backward, ModuleKind.Attention, module.Name, read.ToEquatableArray(), written.ToEquatableArray(), spec.Training.Attention.Span)
            {
                Memory = exact ? module.Memory : module.Memory.Take(2).ToEquatableArray(),
            };
        }
    }
}
