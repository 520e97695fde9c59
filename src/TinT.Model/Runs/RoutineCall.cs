namespace TinT.Model.Runs;

/// <summary>One call of a routine in a run.</summary>
/// <param name="Routine">The routine.</param>
/// <param name="Updates">Steps taken before: 0 in the first pass, then 1 after each step; the backward pass of step s, from 0, has s.</param>
/// <param name="Layer">The layer it works on, for blocks; −1 for others.</param>
/// <param name="Place">Where a block keeps what is read later.</param>
/// <param name="Head">What a pass through the head is for; <see langword="null"/> for other routines.</param>
/// <param name="Lowest">Whether it is the backward pass of the lowest trained layer, which hands no gradient on.</param>
public readonly record struct RoutineCall(
    RoutineKind Routine, int Updates, int Layer = -1, KeptPlace Place = default, HeadPass? Head = null, bool Lowest = false);
