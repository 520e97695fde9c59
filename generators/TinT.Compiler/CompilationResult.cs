using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler;

/// <summary>What compiling one spec gives: sources, or diagnostics, never both.</summary>
/// <param name="Model">Name of the model, when the spec could be read that far; its place if the spec has no mistakes.</param>
/// <param name="Sources">Generated files; empty when there are diagnostics.</param>
/// <param name="Diagnostics">Mistakes found, in the order of their places.</param>
public sealed record CompilationResult(
    Spanned<string>? Model,
    EquatableArray<GeneratedSource> Sources,
    EquatableArray<SpecDiagnostic> Diagnostics)
{
    /// <summary>Whether sources were generated.</summary>
    public bool Succeeded => Diagnostics.Count == 0;
}
