namespace TinT.Literal.Schedule;

/// <summary>The gradient of the loss with respect to the head's input.</summary>
/// <param name="Step">Inner steps made, whose logits are read.</param>
/// <param name="Output">Signal written.</param>
internal sealed record LossGradientStep(int Step, string Output) : RunStep;
