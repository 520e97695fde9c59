using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TinT.Compiler.Diagnostics;

namespace TinT.Generator;

/// <summary>Spec diagnostics → Roslyn diagnostics at the line of the YAML file.</summary>
internal static class DiagnosticMapping
{
    private const string Category = "TinT";

    public static Diagnostic ToRoslyn(SpecDiagnostic diagnostic, string path)
    {
        var descriptor = new Microsoft.CodeAnalysis.DiagnosticDescriptor(
            diagnostic.Id,
            diagnostic.Descriptor.Title,
            "{0}",
            Category,
            diagnostic.Descriptor.IsWarning ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
            isEnabledByDefault: true,
            helpLinkUri: TinT.Compiler.Diagnostics.DiagnosticDescriptor.HelpLink);
        SourceSpan span = diagnostic.Span;
        var location = Location.Create(
            path,
            new TextSpan(span.Start.Offset, span.Length),
            new LinePositionSpan(Position(span.Start), Position(span.End)));
        return Diagnostic.Create(descriptor, location, diagnostic.Message);
    }

    private static LinePosition Position(SourcePosition position) => new(position.Line - 1, position.Column - 1);
}
