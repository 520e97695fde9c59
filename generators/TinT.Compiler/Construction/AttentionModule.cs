using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>Softmax attention over q, k and v. q, k and the input that all three were made of stay in memory.</summary>
internal static class AttentionModule
{
    public static BackwardRule Backward { get; } = new Rule();

    public static SimulatorModule Forward(ModelSpec spec, Signal query, Signal key, Signal value, Signal projected, Signal output, SourceSpan origin)
    {
        int size = spec.Auxiliary.HiddenSize;
        return new SimulatorModule(
            Direction.Forward,
            ModuleKind.Attention,
            ModuleNames.Attention,
            new[] { query, key, value }.SelectMany(signal => signal.CutIn(size)).ToEquatableArray(),
            output.CutIn(size).ToEquatableArray(),
            origin)
        {
            Memory = MemorySlot.For(spec, query, key, projected),
        };
    }

    /// <summary>
    /// Through the transposed attention matrix to v, and with exact scores also to q and k; v is not in memory and is then made again of the input.
    /// Without attention gradients what comes to the output goes to v as it is, summed over the heads that read the same values.
    /// </summary>
    private sealed class Rule : BackwardRule
    {
        public override IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module)
        {
            int first = spec.Training.Passes == AttentionGradient.Exact ? 0 : module.Input.Count - ValueBlocks(spec);
            return Enumerable.Range(first, module.Input.Count - first);
        }

        public override bool IsIdentity(ModelSpec spec) => spec.Training.Passes == AttentionGradient.None && spec.Auxiliary.Model.GroupSize == 1;

        public override IEnumerable<SimulatorModule> Derive(
            ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs)
        {
            int scores = module.Input.Count - ValueBlocks(spec);
            IEnumerable<Signal> values = inputs.Skip(scores);
            (IEnumerable<Signal> read, IEnumerable<Signal> written, int kept) = spec.Training.Passes switch
            {
                AttentionGradient.None => ([], values, 0),
                AttentionGradient.Values => (module.Input.Take(scores), values, 2),
                AttentionGradient.Exact => (module.Input, values.Concat(inputs.Take(scores)), 3),
                _ => throw new InvalidOperationException($"Gradients do not pass through attention by {spec.Training.Passes}."),
            };
            yield return new SimulatorModule(
                Direction.Backward,
                ModuleKind.Attention,
                module.Name,
                gradients.Concat(read).ToEquatableArray(),
                written.ToEquatableArray(),
                spec.Training.Attention.Span)
            {
                Memory = module.Memory.Take(kept).ToEquatableArray(),
            };
        }

        private static int ValueBlocks(ModelSpec spec) => PrefixMatrix.BlocksOf(spec.Auxiliary.Model.KeyValueSize, spec.Auxiliary.HiddenSize);
    }
}
