using TinT.Compiler.Layout;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Compilation;

/// <summary>What compiling one spec gives: the simulator's sources, or diagnostics and a stub, never both.</summary>
/// <param name="Model">Name of the model, when the spec could be read that far; its place if the spec has no mistakes.</param>
/// <param name="Sources">Generated files; empty when there are diagnostics.</param>
/// <param name="Diagnostics">Mistakes found, in the order of their places.</param>
public sealed record CompilationResult(
    Spanned<string>? Model,
    EquatableArray<GeneratedSource> Sources,
    EquatableArray<SpecDiagnostic> Diagnostics)
{
    /// <summary>What generated code is, or would be: the options asked for, after what the spec says of them.</summary>
    public CodeOptions Options { get; init; } = new();

    /// <summary>What the sources were written from; <see langword="null"/> if there are diagnostics.</summary>
    public CompiledModel? Compiled { get; init; }

    /// <summary>
    /// Classes without code, with which whatever uses the simulator compiles, so that the diagnostics are all that a build reports; empty if there are
    /// no diagnostics, or if the model's name could not be read.
    /// </summary>
    public EquatableArray<GeneratedSource> Stubs { get; init; }

    /// <summary>Whether sources were generated.</summary>
    public bool Succeeded => Diagnostics.Count == 0;
}
