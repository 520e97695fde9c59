namespace TinT.Evaluation.Tokenizers;

/// <summary>A text with its tokens.</summary>
/// <param name="Tokens">The tokens in order, without those that the model expects around the text.</param>
/// <param name="Parts">The parts that the text was cut into before tokens were found, in order.</param>
public sealed record ExplainedText(IReadOnlyList<TextToken> Tokens, IReadOnlyList<TextPart> Parts);
