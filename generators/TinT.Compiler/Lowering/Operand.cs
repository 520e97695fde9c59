namespace TinT.Compiler.Lowering;

/// <summary>Columns of a buffer.</summary>
/// <param name="Buffer">Name of the buffer.</param>
/// <param name="FirstColumn">First column.</param>
/// <param name="Columns">Number of columns.</param>
public sealed record Operand(string Buffer, int FirstColumn, int Columns);
