namespace ILGPU;

/// <summary>A 64-bit index or extent of one dimension.</summary>
/// <param name="x">The value.</param>
public readonly struct LongIndex1D(long x) : IIndex, IEquatable<LongIndex1D>
{
    /// <summary>The value.</summary>
    public long X { get; } = x;

    /// <summary>The value as an extent.</summary>
    public long Size => X;

    /// <summary>Index → number.</summary>
    public static implicit operator long(LongIndex1D idx) => idx.X;

    /// <summary>Number → index.</summary>
    public static implicit operator LongIndex1D(long idx) => new(idx);

    /// <summary>Whether two indices are the same.</summary>
    public static bool operator ==(LongIndex1D first, LongIndex1D second) => first.X == second.X;

    /// <summary>Whether two indices differ.</summary>
    public static bool operator !=(LongIndex1D first, LongIndex1D second) => first.X != second.X;

    /// <inheritdoc/>
    public bool Equals(LongIndex1D other) => X == other.X;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LongIndex1D other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => X.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => X.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
