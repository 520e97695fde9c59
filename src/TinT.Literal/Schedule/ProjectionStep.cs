namespace TinT.Literal.Schedule;

/// <summary>From the hidden state to the width of token embeddings, o = x W_outᵀ, or the gradient back, ∂x = ∂o W_out.</summary>
/// <param name="Input">Signal read.</param>
/// <param name="Output">Signal written.</param>
/// <param name="Back">Whether it is the gradient.</param>
internal sealed record ProjectionStep(string Input, string Output, bool Back) : RunStep;
