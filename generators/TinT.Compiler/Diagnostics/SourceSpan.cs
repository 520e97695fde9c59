namespace TinT.Compiler.Diagnostics;

/// <summary>A stretch of a text file, from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
public readonly record struct SourceSpan(SourcePosition Start, SourcePosition End)
{
    /// <summary>The start of a file.</summary>
    public static SourceSpan OfFile { get; } = new(new SourcePosition(0, 1, 1), new SourcePosition(0, 1, 1));

    /// <summary>Number of characters.</summary>
    public int Length => End.Offset - Start.Offset;
}
