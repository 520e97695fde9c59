namespace TinT.Compiler.Diagnostics;

/// <summary>Collects diagnostics while a spec is read.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<SpecDiagnostic> diagnostics = [];

    /// <summary>Whether nothing was reported.</summary>
    public bool IsEmpty => diagnostics.Count == 0;

    /// <summary>Adds a diagnostic.</summary>
    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params string[] arguments) =>
        diagnostics.Add(SpecDiagnostic.Create(descriptor, span, arguments));

    /// <summary>The diagnostics by place, those of one place by id, those of one id in the order reported.</summary>
    public EquatableArray<SpecDiagnostic> ToEquatableArray() =>
        diagnostics
            .OrderBy(diagnostic => diagnostic.Span.Start.Offset)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .ToEquatableArray();
}
