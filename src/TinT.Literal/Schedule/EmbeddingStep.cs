namespace TinT.Literal.Schedule;

/// <summary>Token embedding plus position embedding.</summary>
/// <param name="Output">Signal written.</param>
internal sealed record EmbeddingStep(string Output) : RunStep;
