using TinT.Compiler.Layout;

namespace TinT.Accounting.Memory;

/// <summary>When a buffer of the arena holds values that are still needed.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Intervals">From the first to the last kernel of each stretch, as places in <see cref="ArenaTimeline.Kernels"/>.</param>
public sealed record BufferLife(TokenBuffer Buffer, IReadOnlyList<(int First, int Last)> Intervals);
