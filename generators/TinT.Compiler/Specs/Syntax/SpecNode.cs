using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>A piece of YAML and its place.</summary>
internal abstract record SpecNode(SourceSpan Span)
{
    /// <summary>What it is, with its article, for messages.</summary>
    public abstract string Kind { get; }
}
