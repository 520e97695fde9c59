using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>Makes modules with the prefix matrices, gates and memory slots that the construction gives their kind.</summary>
internal sealed class ModuleFactory(ModelSpec spec)
{
    public ModelSpec Spec { get; } = spec;

    /// <summary>D-wide slots for signals, one after another from the start of a token's top <paramref name="depth"/>·D coordinates.</summary>
    public EquatableArray<MemorySlot> Memory(int depth, params string[] signals)
    {
        int width = Spec.Auxiliary.HiddenSize;
        int start = Spec.Simulator.HiddenSize - (depth * width);
        return signals.Select((signal, i) => new MemorySlot(signal, start + (i * width), width)).ToEquatableArray();
    }

    /// <summary>A module that changes tokens and reads no weights.</summary>
    public static SimulatorModule Token(
        ModuleKind kind,
        string name,
        string[] input,
        string output,
        SourceSpan origin,
        EquatableArray<MemorySlot> memory = default,
        Direction direction = Direction.Forward) =>
        new(direction, kind, name, null, Positions.Tokens, EquatableArray.Create(input), output, memory, origin);

    /// <summary>y = x Wᵀ + b; x stays in memory.</summary>
    public SimulatorModule LinearForward(string name, int copy, int copies, string input, string output, SourceSpan origin) =>
        Projection(name, copy, copies, input, output, origin) with { Memory = Memory(1, input) };

    /// <summary>y = x Wᵀ + b without memory, as in front of softmax attention, which keeps x for all three projections.</summary>
    public static SimulatorModule Projection(string name, int copy, int copies, string input, string output, SourceSpan origin) =>
        new(
            Direction.Forward,
            ModuleKind.Linear,
            name,
            new PrefixMatrix(name, copy, copies, Diagonal: false),
            Positions.Tokens,
            EquatableArray.Create(input),
            output,
            default,
            origin);

    public static SimulatorModule LinearBackward(string name, int copy, int copies, string gradient, string output, SourceSpan origin) =>
        new(
            Direction.Backward,
            ModuleKind.Linear,
            name,
            new PrefixMatrix(name, copy, copies, Diagonal: false),
            Positions.Tokens,
            EquatableArray.Create(gradient),
            output,
            default,
            origin);

    public SimulatorModule LinearDescent(string name, int copy, int copies, string gradient, string input, SourceSpan origin) =>
        new(
            Direction.Descent,
            ModuleKind.Linear,
            name,
            new PrefixMatrix(name, copy, copies, Diagonal: false),
            Positions.Prefix,
            EquatableArray.Create(gradient, input),
            string.Empty,
            Memory(1, input),
            origin);

    public IEnumerable<SimulatorModule> NormForward(string name, string norm, string input, string output)
    {
        yield return new SimulatorModule(
            Direction.Forward,
            ModuleKind.LayerNorm,
            name,
            new PrefixMatrix(name, 0, 1, Diagonal: true),
            Positions.Tokens,
            EquatableArray.Create(input),
            output,
            Memory(2, Signals.Normalized(norm), input),
            Spec.Auxiliary.NormEpsilon.Span);
    }

    /// <summary>Backward through a layer norm and, unless nothing of it is trained, its descent.</summary>
    public IEnumerable<SimulatorModule> NormBackward(string name, string norm, string input, string gradient, string output)
    {
        var matrix = new PrefixMatrix(name, 0, 1, Diagonal: true);
        SourceSpan origin = Spec.Training.LayerNorm.Span;
        yield return new SimulatorModule(
            Direction.Backward,
            ModuleKind.LayerNorm,
            name,
            matrix,
            Positions.Tokens,
            EquatableArray.Create(gradient, Signals.Normalized(norm)),
            output,
            Memory(2, Signals.Normalized(norm), input),
            origin);
        if (Spec.Training.LayerNorm.Value == LayerNormUpdate.None)
            yield break;
        yield return new SimulatorModule(
            Direction.Descent,
            ModuleKind.LayerNorm,
            name,
            matrix,
            Positions.Prefix,
            EquatableArray.Create(gradient, Signals.Normalized(norm)),
            string.Empty,
            Spec.Training.LayerNorm.Value == LayerNormUpdate.Full ? Memory(2, Signals.Normalized(norm)) : default,
            origin);
    }
}
