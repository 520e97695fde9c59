namespace TinT.Compiler.Diagnostics;

/// <summary>A place in a text file.</summary>
/// <param name="Offset">Characters from the start of the text, from 0.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public readonly record struct SourcePosition(int Offset, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line},{Column}";
}
