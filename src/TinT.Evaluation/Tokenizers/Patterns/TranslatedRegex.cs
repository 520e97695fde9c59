namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>A regular expression of tokenizer files in .NET's syntax.</summary>
/// <param name="Pattern">The expression.</param>
/// <param name="StandIns">What stands in for code points above U+FFFF.</param>
internal sealed record TranslatedRegex(string Pattern, StandIns StandIns);
