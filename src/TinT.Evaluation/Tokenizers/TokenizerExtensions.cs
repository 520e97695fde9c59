using System.Buffers;
using System.Text;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Encoding and decoding of .NET's texts.</summary>
public static class TokenizerExtensions
{
    /// <summary>The ids of a text, without <see cref="ITokenizer.StartIds"/> and <see cref="ITokenizer.EndIds"/>.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="text">The text; a lone surrogate has no UTF-8 form and is read as U+FFFD.</param>
    public static int[] Encode(this ITokenizer tokenizer, string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text.AsSpan(), ids);
        return [.. ids];
    }

    /// <summary>Appends the ids of a text.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="text">The text; a lone surrogate has no UTF-8 form and is read as U+FFFD.</param>
    /// <param name="ids">Where the ids go.</param>
    public static void Encode(this ITokenizer tokenizer, ReadOnlySpan<char> text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        tokenizer.Encode(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), ids);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The text of the ids; bytes that are not UTF-8, such as half a character, become U+FFFD.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id has no token.</exception>
    public static string Decode(this ITokenizer tokenizer, ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return Encoding.UTF8.GetString(tokenizer.DecodeUtf8(ids, skipSpecialTokens));
    }

    /// <summary>The text of a token inside a text: with the space that belongs to it, which would be left out at the start of one.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id has no token.</exception>
    public static string DecodeToken(this ITokenizer tokenizer, int id)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return Encoding.UTF8.GetString(tokenizer.DecodeUtf8([id, id]).AsSpan(tokenizer.DecodeUtf8([id]).Length));
    }

    /// <summary>The text of each token inside a text; of characters of several tokens the last one has them whole.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="ids">The tokens.</param>
    public static IReadOnlyList<string> DecodeEach(this ITokenizer tokenizer, ReadOnlySpan<int> ids)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        Decoder decoder = Encoding.UTF8.GetDecoder();
        List<string> texts = new(ids.Length);
        foreach (int id in ids)
        {
            ReadOnlySpan<byte> bytes = tokenizer.DecodeUtf8([id, id]).AsSpan(tokenizer.DecodeUtf8([id]).Length);
            char[] characters = new char[decoder.GetCharCount(bytes, flush: false)];
            decoder.GetChars(bytes, characters, flush: false);
            texts.Add(new string(characters));
        }

        return texts;
    }
}
