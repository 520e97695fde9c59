using TinT.Compiler.Lowering;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Compiled;

/// <summary>One call of a routine in a run over one sequence.</summary>
/// <param name="Routine">The routine.</param>
/// <param name="Layer">The layer it works on, for blocks.</param>
/// <param name="Pass">0 for the pass before the first step, then 1 after each step; the backward pass of step s belongs to pass s.</param>
/// <param name="Head">What a pass through the head is for.</param>
/// <param name="Lowest">Whether it is the backward pass of the lowest trained layer, which hands no gradient on.</param>
public sealed record RoutineCall(RoutineKind Routine, int? Layer, int Pass, HeadPass? Head = null, bool Lowest = false);
