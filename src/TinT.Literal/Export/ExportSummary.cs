namespace TinT.Literal.Export;

/// <summary>What was written.</summary>
/// <param name="Tensors">Tensors.</param>
/// <param name="Parameters">Elements of all tensors.</param>
/// <param name="Bytes">Bytes of all tensors.</param>
/// <param name="Files">Names of the files in the directory, shards first.</param>
public sealed record ExportSummary(int Tensors, long Parameters, long Bytes, IReadOnlyList<string> Files);
