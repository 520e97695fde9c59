using TinT.Compiler.Diagnostics;

namespace TinT.Compiler;

/// <summary>What compiling one spec gives: sources, or diagnostics, never both.</summary>
/// <param name="Model">Name of the model, when the spec could be read that far.</param>
/// <param name="Sources">Generated files; empty when there are diagnostics.</param>
/// <param name="Diagnostics">Mistakes found, in the order of their places.</param>
public sealed record CompilationResult(
    string? Model,
    EquatableArray<GeneratedSource> Sources,
    EquatableArray<SpecDiagnostic> Diagnostics)
{
    /// <summary>Whether sources were generated.</summary>
    public bool Succeeded => Diagnostics.Count == 0;
}
