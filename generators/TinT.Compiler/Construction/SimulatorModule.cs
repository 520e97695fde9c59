using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Construction;

/// <summary>One module of the simulator, in the paper's vocabulary.</summary>
/// <param name="Direction">Forward, backward or descent.</param>
/// <param name="Kind">Kind of auxiliary module it stands for.</param>
/// <param name="Name">Auxiliary module, such as <c>attention.value</c>; blocks of one matrix share it.</param>
/// <param name="Input">Signals read, in the order the kind defines.</param>
/// <param name="Output">Signals written, in the order the kind defines; none for a descent, which writes the prefix.</param>
/// <param name="Origin">Place in the spec that asked for the module.</param>
public sealed record SimulatorModule(
    Direction Direction,
    ModuleKind Kind,
    string Name,
    EquatableArray<Signal> Input,
    EquatableArray<Signal> Output,
    SourceSpan Origin)
{
    /// <summary>Weights in the prefix that the module reads or updates, if any.</summary>
    public PrefixMatrix? Matrix { get; init; }

    /// <summary>Positions the module's gate lets it change.</summary>
    public Positions Gate { get; init; } = Direction == Direction.Descent ? Positions.Prefix : Positions.Tokens;

    /// <summary>
    /// Stretches of the token embedding, beside its first coordinates, that the literal module writes (forward) or reads (backward, descent).
    /// </summary>
    public EquatableArray<MemorySlot> Memory { get; init; }
}
