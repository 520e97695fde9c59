namespace TinT.Compiler.Diagnostics;

/// <summary>Every diagnostic the compiler can give. An id, once published, keeps its meaning and is never reused.</summary>
public static class SpecDiagnostics
{
    /// <summary>All descriptors, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [.. SyntaxDiagnostics.All, .. ShapeDiagnostics.All, .. ShardingDiagnostics.All, .. LoweringDiagnostics.All];
}
