using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>A list. No key of the format takes one, so its items are not kept.</summary>
internal sealed record SequenceNode(SourceSpan Span) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}
