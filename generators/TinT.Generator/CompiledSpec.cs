using TinT.Compiler.Compilation;

namespace TinT.Generator;

/// <summary>A spec and what compiling it gave.</summary>
/// <param name="Path">Path of the spec.</param>
/// <param name="Result">Sources or diagnostics.</param>
internal sealed record CompiledSpec(string Path, CompilationResult Result);
