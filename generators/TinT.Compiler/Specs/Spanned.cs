using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs;

/// <summary>A value of the spec together with the place it came from.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Its place; for a default, the place of the section it belongs to.</param>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct Spanned<T>(T Value, SourceSpan Span)
{
    /// <summary>The bare value.</summary>
    public static implicit operator T(Spanned<T> spanned) => spanned.Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
