namespace TinT.Compiler.Construction;

/// <summary>How the simulator's attention heads divide one D×D linear module between them.</summary>
/// <param name="HeadSize">Coordinates per simulator head, H / heads.</param>
/// <param name="HeadsPerRow">Heads that one weight row spans, D / head size.</param>
/// <param name="WeightHeads">Heads that read weight rows, S · heads per row.</param>
/// <param name="BiasHeads">Remaining heads, which copy the bias from prefix 0.</param>
public sealed record HeadSplit(int HeadSize, int HeadsPerRow, int WeightHeads, int BiasHeads);
