namespace ILGPU;

/// <summary>A 32-bit index or extent of one dimension.</summary>
/// <param name="x">The value.</param>
public readonly struct Index1D(int x) : IIndex, IEquatable<Index1D>
{
    /// <summary>The value.</summary>
    public int X { get; } = x;

    /// <summary>The value as an extent.</summary>
    public int Size => X;

    long IIndex.Size => X;

    /// <summary>Index → number.</summary>
    public static implicit operator int(Index1D idx) => idx.X;

    /// <summary>Number → index.</summary>
    public static implicit operator Index1D(int idx) => new(idx);

    /// <summary>Widens.</summary>
    public static implicit operator LongIndex1D(Index1D index) => new(index.X);

    /// <summary>Sum.</summary>
    public static Index1D operator +(Index1D first, Index1D second) => new(first.X + second.X);

    /// <summary>Difference.</summary>
    public static Index1D operator -(Index1D first, Index1D second) => new(first.X - second.X);

    /// <summary>Product.</summary>
    public static Index1D operator *(Index1D first, Index1D second) => new(first.X * second.X);

    /// <summary>Quotient, rounded towards zero.</summary>
    public static Index1D operator /(Index1D first, Index1D second) => new(first.X / second.X);

    /// <summary>Whether two indices are the same.</summary>
    public static bool operator ==(Index1D first, Index1D second) => first.X == second.X;

    /// <summary>Whether two indices differ.</summary>
    public static bool operator !=(Index1D first, Index1D second) => first.X != second.X;

    /// <inheritdoc/>
    public bool Equals(Index1D other) => X == other.X;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Index1D other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => X;

    /// <inheritdoc/>
    public override string ToString() => X.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
