namespace TinT.Literal.Schedule;

/// <summary>The logits after some inner steps: o W_hᵀ + b_h.</summary>
/// <param name="Input">Signal o.</param>
/// <param name="Step">Inner steps made.</param>
internal sealed record HeadStep(string Input, int Step) : RunStep;
