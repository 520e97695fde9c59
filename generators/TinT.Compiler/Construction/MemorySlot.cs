namespace TinT.Compiler.Construction;

/// <summary>A stretch of a token's embedding that a forward module keeps for the backward pass.</summary>
/// <param name="Signal">Signal kept there.</param>
/// <param name="Start">First coordinate.</param>
/// <param name="Width">Number of coordinates, D.</param>
public sealed record MemorySlot(string Signal, int Start, int Width);
