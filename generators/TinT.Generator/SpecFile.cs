namespace TinT.Generator;

/// <summary>A spec among the compilation's additional files.</summary>
/// <param name="Path">Path as the build gave it, for locations of diagnostics.</param>
/// <param name="Text">Its text.</param>
internal sealed record SpecFile(string Path, string Text);
