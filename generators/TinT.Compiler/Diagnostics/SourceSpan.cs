namespace TinT.Compiler.Diagnostics;

/// <summary>A stretch of a text file, from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
public readonly record struct SourceSpan(SourcePosition Start, SourcePosition End)
{
    /// <summary>Number of characters.</summary>
    public int Length => End.Offset - Start.Offset;
}
