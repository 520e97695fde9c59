namespace TinT.Runs;

/// <summary>One call of a routine in a run.</summary>
/// <param name="Routine">The routine.</param>
/// <param name="Updates">Steps taken before: 0 in the first pass, then 1 after each step; the backward pass of step s, from 0, has s.</param>
public sealed record RoutineCall(RoutineKind Routine, int Updates)
{
    /// <summary>The layer it works on, for blocks; −1 for others.</summary>
    public int Layer { get; init; } = -1;

    /// <summary>Where a block keeps what is read later.</summary>
    public KeptPlace Place { get; init; }

    /// <summary>What a pass through the head is for; <see langword="null"/> for other routines.</summary>
    public HeadPass? Head { get; init; }

    /// <summary>Whether it is the backward pass of the lowest trained layer, which hands no gradient on.</summary>
    public bool Lowest { get; init; }
}
