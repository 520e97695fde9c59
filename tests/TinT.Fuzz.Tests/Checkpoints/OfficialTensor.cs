namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">Element type, as the header names it.</param>
/// <param name="Shape">Sizes, slowest first.</param>
/// <param name="Begin">First byte of the data.</param>
/// <param name="End">First byte after the tensor.</param>
internal sealed record OfficialTensor(string Type, IReadOnlyList<ulong> Shape, ulong Begin, ulong End);
