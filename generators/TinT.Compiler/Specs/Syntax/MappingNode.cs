using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>A mapping; keys are distinct, the first of duplicates is kept.</summary>
internal sealed record MappingNode(IReadOnlyList<MappingEntry> Entries, SourceSpan Span) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>The entry of <paramref name="key"/>, or <see langword="null"/>.</summary>
    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}
