using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>A piece of YAML and its place.</summary>
internal abstract record SpecNode(SourceSpan Span)
{
    /// <summary>What it is, with its article, for messages.</summary>
    public abstract string Kind { get; }
}

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

/// <summary>A mapping; keys are distinct, the first of duplicates is kept.</summary>
internal sealed record MappingNode(IReadOnlyList<MappingEntry> Entries, SourceSpan Span) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>The entry of <paramref name="key"/>, or <see langword="null"/>.</summary>
    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}

/// <summary>One <c>key: value</c>.</summary>
internal sealed record MappingEntry(ScalarNode Key, SpecNode Value);

/// <summary>A list.</summary>
internal sealed record SequenceNode(IReadOnlyList<SpecNode> Items, SourceSpan Span) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>Something already reported, about which nothing more is to be said.</summary>
internal sealed record UnreadableNode(SourceSpan Span) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "unreadable";
}
