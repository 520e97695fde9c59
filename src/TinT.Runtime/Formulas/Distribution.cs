using System.ComponentModel;

namespace TinT.Runtime.Formulas;

/// <summary>A distribution function at a point, from both of its ends.</summary>
/// <typeparam name="T">The number.</typeparam>
/// <param name="value">F(x).</param>
/// <param name="complement">1 − F(x), where F is near 1 not by subtraction.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Distribution<T>(T value, T complement)
{
    /// <summary>F(x).</summary>
    public T Value { get; } = value;

    /// <summary>1 − F(x).</summary>
    public T Complement { get; } = complement;
}
