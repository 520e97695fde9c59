namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>An operand of a product.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Bound">Number of its rows, or columns, that the result has rows or columns for.</param>
/// <param name="Stride">Floats from one of its rows to the next.</param>
/// <param name="FromRows">Whether the terms of the sums lie along its rows; otherwise down its columns.</param>
internal sealed record TileOperand(string Name, string Bound, string Stride, bool FromRows);
