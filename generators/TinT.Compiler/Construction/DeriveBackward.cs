using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>
/// Forward modules → backward and descent modules, by the rule of each kind. A signal that several modules read has the sum of the gradients that
/// come through them.
/// </summary>
internal sealed class DeriveBackward
{
    private readonly ModelSpec spec;
    private readonly List<Use> uses = [];

    /// <summary>How many shares the gradient of a value has.</summary>
    private readonly Dictionary<Value, int> shareCounts = [];
    private readonly Dictionary<Value, List<Signal>> shares = [];
    private readonly Dictionary<Value, Signal> gradients = [];

    private DeriveBackward(ModelSpec spec, IReadOnlyList<SimulatorModule> forward)
    {
        this.spec = spec;
        AddUses(forward);
        CountShares();
    }

    /// <summary>The modules, in order of execution: from the gradient at what the last module writes to that at what the first reads.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="forward">The forward modules of a block, in order of execution.</param>
    public static EquatableArray<SimulatorModule> Run(ModelSpec spec, IReadOnlyList<SimulatorModule> forward) =>
        new DeriveBackward(spec, forward).Modules().ToEquatableArray();

    /// <summary>Tells apart the values that a signal has: a block's input and its output have one name.</summary>
    private void AddUses(IReadOnlyList<SimulatorModule> forward)
    {
        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        Value Now(Signal signal) => new(signal, versions.TryGetValue(signal.Name, out int version) ? version : 0);
        foreach (SimulatorModule module in forward)
        {
            Value[] inputs = [.. module.Input.Select(Now)];
            foreach (Signal output in module.Output)
                versions[output.Name] = Now(output).Version + 1;
            uses.Add(new Use(module, inputs, [.. module.Output.Select(Now)]));
        }
    }

    private void CountShares()
    {
        if (uses.Count == 0)
            return;
        foreach (Value value in uses[uses.Count - 1].Outputs)
            shareCounts[value] = 1;
        foreach (Use use in Enumerable.Reverse(uses))
        {
            foreach (Value value in Reached(use))
                shareCounts[value] = CountOf(value) + 1;
        }
    }

    private IEnumerable<Value> Reached(Use use) =>
        !HasGradient(use) ? [] : BackwardRule.Of(use.Module.Kind).Reached(spec, use.Module).Select(input => use.Inputs[input]);

    private bool HasGradient(Use use) => use.Outputs.Any(output => CountOf(output) > 0);

    private int CountOf(Value value) => shareCounts.TryGetValue(value, out int count) ? count : 0;

    /// <summary>Modules of one kind that follow each other pass their gradients first, then take their descents; then sums are made.</summary>
    private IEnumerable<SimulatorModule> Modules()
    {
        if (uses.Count == 0)
            yield break;
        foreach (Value value in uses[uses.Count - 1].Outputs)
            gradients[value] = value.Signal.Gradient;
        for (int end = uses.Count; end > 0;)
        {
            int start = end - 1;
            while (start > 0 && uses[start - 1].Module.Kind == uses[start].Module.Kind)
                start--;
            Use[] run = [.. uses.Skip(start).Take(end - start).Where(HasGradient)];
            SimulatorModule[] derived = [.. run.SelectMany(Derive)];
            foreach (Direction direction in new[] { Direction.Backward, Direction.Descent })
            {
                foreach (SimulatorModule module in derived.Where(module => module.Direction == direction))
                    yield return module;
            }

            foreach (SimulatorModule sum in run.SelectMany(Pass))
                yield return sum;
            end = start;
        }
    }

    private IEnumerable<SimulatorModule> Derive(Use use)
    {
        BackwardRule rule = BackwardRule.Of(use.Module.Kind);
        return rule.IsIdentity(spec)
            ? []
            : rule.Derive(spec, use.Module, [.. use.Outputs.Select(output => gradients[output])], [.. use.Inputs.Select(value => ShareOf(value, use.Module))]);
    }

    private Signal ShareOf(Value value, SimulatorModule module) =>
        CountOf(value) == 1 ? value.Signal.Gradient : value.Signal.GradientThrough(module);

    /// <summary>Hands the shares on that come through a module, and sums those that are complete.</summary>
    private IEnumerable<SimulatorModule> Pass(Use use)
    {
        bool identity = BackwardRule.Of(use.Module.Kind).IsIdentity(spec);
        int place = 0;
        foreach (Value value in Reached(use))
        {
            Signal share = identity ? gradients[use.Outputs[use.Outputs.Count == 1 ? 0 : place++]] : ShareOf(value, use.Module);
            if (!shares.TryGetValue(value, out List<Signal>? known))
                shares.Add(value, known = []);
            known.Add(share);
            if (known.Count < shareCounts[value])
                continue;
            gradients[value] = known.Count == 1 ? share : value.Signal.Gradient;
            if (known.Count > 1)
                yield return ResidualModule.Sum(use.Module.Name, known, gradients[value], use.Module.Origin, Direction.Backward);
        }
    }

    /// <summary>What a signal holds from one writing to the next.</summary>
    private sealed record Value(Signal Signal, int Version);

    private sealed record Use(SimulatorModule Module, IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Outputs);
}
