namespace TinT.Literal.Schedule;

/// <summary>The hidden state below the blocks: token and position embedding, and what else is there.</summary>
/// <param name="Output">Signal written.</param>
internal sealed record EmbeddingStep(string Output) : RunStep;
