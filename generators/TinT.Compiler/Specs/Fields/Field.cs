using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Fields;

/// <summary>What was found at a key: nothing, something wrong that has been reported, or a value.</summary>
/// <param name="IsGiven">Whether the key is there.</param>
/// <param name="Value">Its value, when it is right.</param>
internal readonly record struct Field<T>(bool IsGiven, Spanned<T>? Value)
{
    /// <summary>The key is absent.</summary>
    public static Field<T> Absent => default;

    /// <summary>The key is there with a wrong value.</summary>
    public static Field<T> Wrong => new(true, null);

    /// <summary>The value, or the default at the place of its section when the key is absent, or nothing when the value is wrong.</summary>
    public Spanned<T>? Or(T defaultValue, SourceSpan section) => IsGiven ? Value : new Spanned<T>(defaultValue, section);
}
