namespace TinT.Compiler.Lowering;

/// <summary>An exact fraction.</summary>
public readonly record struct Share(int Numerator, int Denominator)
{
    /// <summary>1.</summary>
    public static Share Whole { get; } = new(1, 1);

    /// <summary>0.</summary>
    public static Share None { get; } = new(0, 1);

    /// <summary>The sum of <paramref name="count"/> such shares.</summary>
    public Share Times(int count) => count * Numerator % Denominator == 0
        ? new Share(count * Numerator / Denominator, 1)
        : new Share(count * Numerator, Denominator);
}
