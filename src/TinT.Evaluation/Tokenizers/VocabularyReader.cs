using System.Text;
using System.Text.Json;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Reads <c>vocab.json</c>: one object that maps each token, in GPT-2's byte alphabet, to its id.</summary>
internal static class VocabularyReader
{
    /// <summary>Reads and checks a vocabulary.</summary>
    /// <param name="path">The file.</param>
    /// <param name="modelVocabularySize">Ids the model knows, or <see langword="null"/> not to check.</param>
    /// <returns>Ids by token; they are 0 … count − 1.</returns>
    /// <exception cref="TokenizerFormatException">
    /// The file is missing or not such an object, a token or an id is there twice, an id is no whole number or beyond the
    /// model's vocabulary, the ids have holes, or one of the 256 bytes has no token.
    /// </exception>
    public static Dictionary<string, int> Read(string path, int? modelVocabularySize)
    {
        ReadOnlySpan<byte> bytes = TokenizerFile.Read(path).Span;
        Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
        Dictionary<int, string> tokens = [];
        try
        {
            Utf8JsonReader reader = new(bytes);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new TokenizerFormatException(path, LineOf(bytes, reader), $"must be one JSON object of tokens and ids, not {Describe(reader.TokenType)}.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string token = ReadToken(path, bytes, ref reader);
                int id = ReadId(path, bytes, ref reader, token);
                if (!vocabulary.TryAdd(token, id))
                    throw new TokenizerFormatException(path, LineOf(bytes, reader), $"token \"{token}\" is there twice, with ids {vocabulary[token]} and {id}.");
                if (!tokens.TryAdd(id, token))
                    throw new TokenizerFormatException(path, LineOf(bytes, reader), $"id {id} is given to both \"{tokens[id]}\" and \"{token}\".");
                if (id >= modelVocabularySize)
                {
                    throw new TokenizerFormatException(
                        path, LineOf(bytes, reader), $"token \"{token}\" has id {id}, but the model's vocabulary has {modelVocabularySize} ids. The tokenizer belongs to another model.");
                }
            }

            // Whatever follows the object is an error that the reader reports.
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw new TokenizerFormatException(path, (int)(exception.LineNumber ?? 0) + 1, $"is not valid JSON at byte {exception.BytePositionInLine} of the line.", exception);
        }

        CheckComplete(path, vocabulary, tokens);
        return vocabulary;
    }

    private static string ReadToken(string path, ReadOnlySpan<byte> bytes, ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new TokenizerFormatException(path, LineOf(bytes, reader), "a token has invalid UTF-8 or a \\u escape of half a surrogate pair.", exception);
        }
    }

    private static int ReadId(string path, ReadOnlySpan<byte> bytes, ref Utf8JsonReader reader, string token)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int id) && id >= 0)
            return id;
        throw new TokenizerFormatException(path, LineOf(bytes, reader), $"the id of token \"{token}\" must be a whole number from 0, not {Describe(reader)}.");
    }

    private static void CheckComplete(string path, Dictionary<string, int> vocabulary, Dictionary<int, string> tokens)
    {
        for (int id = 0; id < tokens.Count; id++)
        {
            if (!tokens.ContainsKey(id))
                throw new TokenizerFormatException(path, null, $"no token has id {id}, though ids go up to {tokens.Keys.Max()}. Ids must be 0 … count − 1.");
        }

        for (int value = 0; value <= byte.MaxValue; value++)
        {
            char character = ByteAlphabet.ToCharacter((byte)value);
            if (!vocabulary.ContainsKey(character.ToString()))
                throw new TokenizerFormatException(path, null, $"byte 0x{value:X2} has no token; \"{character}\" must be in a byte-level vocabulary.");
        }
    }

    private static int LineOf(ReadOnlySpan<byte> bytes, in Utf8JsonReader reader) => TokenizerFile.LineOf(bytes, reader.TokenStartIndex);

    private static string Describe(in Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? Encoding.ASCII.GetString(reader.ValueSpan) : Describe(reader.TokenType);

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
