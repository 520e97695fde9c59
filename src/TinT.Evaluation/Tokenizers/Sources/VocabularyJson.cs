using System.Text;
using System.Text.Json;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>Reads <c>vocab.json</c>: one object that maps each token, in GPT-2's byte alphabet, to its id.</summary>
internal static class VocabularyJson
{
    /// <summary>Reads and checks a vocabulary.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tokens; their ids are 0 … count − 1.</returns>
    /// <exception cref="TokenizerFormatException">
    /// The file is missing or not such an object, a token or an id is there twice, an id is no whole number, the
    /// ids have holes, or one of the 256 bytes has no token.
    /// </exception>
    public static Vocabulary Read(string path)
    {
        ReadOnlySpan<byte> bytes = TokenizerFile.Read(path).Span;
        Vocabulary vocabulary = new();
        try
        {
            Utf8JsonReader reader = new(bytes);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new TokenizerFormatException(
                    path, LineOf(bytes, reader), $"must be one JSON object of tokens and ids, not {Describe(reader.TokenType)}.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string token = ReadToken(path, bytes, ref reader);
                int id = ReadId(path, bytes, ref reader, token);
                if (vocabulary.TryAdd(token, id) is { } problem)
                    throw new TokenizerFormatException(path, LineOf(bytes, reader), problem);
            }

            // Whatever follows the object is an error that the reader reports.
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw new TokenizerFormatException(
                path, (int)(exception.LineNumber ?? 0) + 1, $"is not valid JSON at byte {exception.BytePositionInLine} of the line.", exception);
        }

        CheckComplete(path, vocabulary);
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

    private static void CheckComplete(string path, Vocabulary vocabulary)
    {
        for (int id = 0; id < vocabulary.Size; id++)
        {
            if (vocabulary.Find(id) is null)
                throw new TokenizerFormatException(path, null, $"no token has id {id}, though ids go up to {vocabulary.Size - 1}. Ids must be 0 … count − 1.");
        }

        for (int value = 0; value <= byte.MaxValue; value++)
        {
            char character = ByteAlphabet.ToCharacter((byte)value);
            if (vocabulary.Find(character.ToString()) is null)
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
