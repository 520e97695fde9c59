namespace ILGPU;

/// <summary>A 32-bit index or extent of three dimensions.</summary>
/// <param name="x">X.</param>
/// <param name="y">Y.</param>
/// <param name="z">Z.</param>
public readonly struct Index3D(int x, int y, int z) : IIndex
{
    /// <summary>X.</summary>
    public int X { get; } = x;

    /// <summary>Y.</summary>
    public int Y { get; } = y;

    /// <summary>Z.</summary>
    public int Z { get; } = z;

    /// <summary>X · Y · Z.</summary>
    public int Size => X * Y * Z;

    long IIndex.Size => (long)X * Y * Z;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"({X}, {Y}, {Z})");
}
