namespace ILGPU;

/// <summary>A 32-bit index or extent of two dimensions.</summary>
/// <param name="x">X.</param>
/// <param name="y">Y.</param>
public readonly struct Index2D(int x, int y) : IIndex
{
    /// <summary>X.</summary>
    public int X { get; } = x;

    /// <summary>Y.</summary>
    public int Y { get; } = y;

    /// <summary>X · Y.</summary>
    public int Size => X * Y;

    long IIndex.Size => (long)X * Y;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"({X}, {Y})");
}
