namespace TinT.Literal.Schedule;

/// <summary>A residual connection, or gradients that come together: a sum of signals.</summary>
/// <param name="Inputs">Signals added.</param>
/// <param name="Output">Signal written.</param>
internal sealed record SumStep(IReadOnlyList<string> Inputs, string Output) : RunStep;
