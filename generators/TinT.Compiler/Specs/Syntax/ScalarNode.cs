using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>A single value.</summary>
/// <param name="Text">The text, without quotes and with escapes resolved.</param>
/// <param name="IsPlain">Whether it was written without quotes, so that it may be a number, a truth value or null.</param>
/// <param name="Span">Its place, with the quotes.</param>
internal sealed record ScalarNode(string Text, bool IsPlain, SourceSpan Span) : SpecNode(Span)
{
    /// <summary>Whether it is YAML's null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");

    /// <inheritdoc/>
    public override string Kind => "a single value";
}
