namespace TinT.Compiler.Layout;

/// <summary>A buffer with one row per token.</summary>
/// <param name="Name">Name of the signal it holds.</param>
/// <param name="Columns">Floats per token.</param>
/// <param name="Memory">Whether each trained layer has its own, kept from its forward to its backward pass.</param>
/// <param name="Offset">Floats per token before it, from the arena's start or, for memory, from the layer's slot.</param>
public sealed record TokenBuffer(string Name, int Columns, bool Memory, int Offset);
