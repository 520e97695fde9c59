using System.Text;
using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.InContext.Prompts;

/// <summary>A text as tokens, with the place where each ends.</summary>
/// <param name="Ids">Token ids.</param>
/// <param name="Ends">Bytes of the UTF-8 text up to the end of each token.</param>
internal sealed record TokenizedText(IReadOnlyList<int> Ids, IReadOnlyList<int> Ends)
{
    /// <summary>Tokenizes a text.</summary>
    /// <param name="tokenizer">A tokenizer whose tokens together are the text.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="TokenizerFormatException">The tokens are not the text.</exception>
    public static TokenizedText Of(ITokenizer tokenizer, string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text, ids);
        int[] ends = new int[ids.Count];
        int end = 0;
        for (int token = 0; token < ids.Count; token++)
            ends[token] = end += tokenizer.DecodeUtf8([ids[token]]).Length;
        return end == Encoding.UTF8.GetByteCount(text)
            ? new TokenizedText(ids, ends)
            : throw new TokenizerFormatException(tokenizer.Name, null, "its tokens are not the text they came from, so that examples cannot be told apart in a prompt.");
    }

    /// <summary>The first token that ends behind a byte.</summary>
    /// <param name="place">The byte.</param>
    public int FirstBehind(int place)
    {
        int token = 0;
        while (token < Ends.Count && Ends[token] <= place)
            token++;
        return token;
    }
}
