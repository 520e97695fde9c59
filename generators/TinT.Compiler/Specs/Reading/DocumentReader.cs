using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Syntax;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads a file of keys: text, then a YAML tree.</summary>
internal static class DocumentReader
{
    /// <summary>Reads it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    /// <param name="empty">What to say of an empty file.</param>
    /// <param name="notMapping">What to say of another kind of file, which its text names.</param>
    /// <returns>The mapping at the top; <see langword="null"/> if there is none, which is then reported.</returns>
    public static MappingNode? Read(string text, DiagnosticBag diagnostics, DiagnosticDescriptor empty, DiagnosticDescriptor notMapping)
    {
        if (!TextGuard.CheckLength(text, diagnostics))
            return null;
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            diagnostics.Report(SyntaxDiagnostics.LargeFilePointer, SourceSpan.OfFile);
            return null;
        }

        var lines = new LineMap(text);
        if (!TextGuard.CheckCharacters(text, lines, diagnostics))
            return null;
        SpecNode? tree = YamlTreeParser.Parse(text, lines, diagnostics, empty);
        switch (tree)
        {
            case MappingNode mapping:
                return mapping;
            case ScalarNode { IsNull: true }:
                diagnostics.Report(empty, tree.Span);
                return null;
            case SequenceNode or ScalarNode:
                diagnostics.Report(notMapping, tree.Span, tree.Kind);
                return null;
            default:
                return null;
        }
    }
}
