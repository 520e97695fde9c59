using System.Text;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Encoding and decoding of whole texts.</summary>
public static class TokenizerExtensions
{
    /// <summary>The ids of a text, without <see cref="ITokenizer.LineStartId"/>.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="text">The text.</param>
    public static int[] Encode(this ITokenizer tokenizer, string text)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        List<int> ids = [];
        tokenizer.Encode(text.AsSpan(), ids);
        return [.. ids];
    }

    /// <summary>The text of the ids; bytes that are not UTF-8, such as half a character, become U+FFFD.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="ids">Token ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public static string Decode(this ITokenizer tokenizer, ReadOnlySpan<int> ids)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return Encoding.UTF8.GetString(tokenizer.DecodeUtf8(ids));
    }
}
