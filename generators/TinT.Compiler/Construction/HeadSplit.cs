namespace TinT.Compiler.Construction;

/// <summary>How the heads of a linear module's attention divide one D×D matrix between them.</summary>
/// <remarks>
/// A linear module has heads of P coordinates, so that a head's output holds one number per prefix. The simulator's own
/// heads, of H / heads coordinates, are those of softmax attention and of element-wise modules.
/// </remarks>
/// <param name="HeadSize">Coordinates per head, P.</param>
/// <param name="HeadsPerRow">Heads that one weight row spans, D / P.</param>
/// <param name="WeightHeads">Heads that read weight rows, S · D / P.</param>
/// <param name="BiasHeads">Heads that copy the bias from prefix 0, D / P.</param>
/// <param name="IdleHeads">Heads that are left, H / P − weight heads − bias heads.</param>
public sealed record HeadSplit(int HeadSize, int HeadsPerRow, int WeightHeads, int BiasHeads, int IdleHeads);
