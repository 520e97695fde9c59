using System.Text.Json.Serialization;
using TinT.Evaluation.Tokenizers;
using TinT.Reports.Json;

namespace TinT.Cli.Jobs;

/// <summary>The tokens of a text as JSON for programs: this record is the format. Fields may be added, never renamed.</summary>
/// <param name="Schema"><c>tint.tokens/1</c>.</param>
/// <param name="Tokenizer">Name of the tokenizer.</param>
/// <param name="Ids">Ids as a model gets them.</param>
/// <param name="Tokens">The same tokens with their places.</param>
/// <param name="Parts">Parts that the text was cut into before tokens were found.</param>
internal sealed record TokensJson(
    string Schema, string Tokenizer, IReadOnlyList<int> Ids, IReadOnlyList<TokensJson.Token> Tokens, IReadOnlyList<TokensJson.Part> Parts)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    public static void Write(Stream stream, ITokenizer tokenizer, ExplainedText text) => ReportJson.Write(stream, Of(tokenizer, text), TokensContract.Default);

    private static TokensJson Of(ITokenizer tokenizer, ExplainedText text) => new(
        "tint.tokens/1",
        tokenizer.Name,
        [.. text.Tokens.Select(token => token.Id)],
        [.. text.Tokens.Select(token => new Token(token.Id, token.Piece, [token.Start, token.End], token.Part == TextToken.NoPart ? null : token.Part))],
        [.. text.Parts.Select(part => new Part(part.Text, [part.Start, part.End], part.CutBy))]);

    /// <summary>A token: its spelling in the vocabulary, its first byte in the text and the one behind it, and its part; null for tokens around the text.</summary>
    internal sealed record Token(int Id, string Piece, IReadOnlyList<int> Span, int? Part);

    /// <summary>A part as the model gets it, its span in the text, and what made it start there.</summary>
    internal sealed record Part(string Text, IReadOnlyList<int> Span, string CutBy);
}

[JsonSerializable(typeof(TokensJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class TokensContract : JsonSerializerContext;
