namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>A regular expression that is none, or has what is not supported.</summary>
/// <param name="message">What it has.</param>
internal sealed class RegexSyntaxException(string message) : Exception(message);
