namespace TinT.Runtime.Checkpoints;

/// <summary>An axis of a part of a tensor.</summary>
/// <param name="Size">Indices.</param>
/// <param name="Stride">Distance between neighbours in the file, in elements.</param>
/// <param name="Step">Distance between them in the part, in elements.</param>
internal readonly record struct StridedWay(int Size, long Stride, int Step);
