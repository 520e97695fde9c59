using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Construction;

/// <summary>One module of the simulator, in the paper's vocabulary.</summary>
/// <param name="Direction">Forward, backward or descent.</param>
/// <param name="Kind">Kind of auxiliary module it stands for.</param>
/// <param name="Name">Auxiliary module, such as <c>attention.value</c>; copies of a feed-forward block share it.</param>
/// <param name="Matrix">Weights in the prefix that the module reads or updates, if any.</param>
/// <param name="Gate">Positions the module changes.</param>
/// <param name="Input">Signals read, in the order the kind defines.</param>
/// <param name="Output">Signal written; empty for a descent, which writes the prefix.</param>
/// <param name="Memory">
/// Stretches of the token embedding, beside its first coordinates, that the literal module writes (forward) or reads (backward, descent).
/// </param>
/// <param name="Origin">Place in the spec that asked for the module.</param>
public sealed record SimulatorModule(
    Direction Direction,
    ModuleKind Kind,
    string Name,
    PrefixMatrix? Matrix,
    Positions Gate,
    EquatableArray<string> Input,
    string Output,
    EquatableArray<MemorySlot> Memory,
    SourceSpan Origin);
