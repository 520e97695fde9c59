using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>Something already reported, about which nothing more is to be said.</summary>
internal sealed record UnreadableNode(SourceSpan Span) : SpecNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "unreadable";
}
