using System.Text;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.InContext.Prompts;

/// <summary>A text as tokens, with the place where each ends.</summary>
/// <param name="Ids">Token ids.</param>
/// <param name="Ends">Bytes of the UTF-8 text up to the end of each token.</param>
internal sealed record TokenizedText(IReadOnlyList<int> Ids, IReadOnlyList<int> Ends)
{
    /// <summary>Tokenizes a text.</summary>
    /// <param name="tokenizer">A tokenizer whose tokens cover the text in its order.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="TokenizerFormatException">The tokens are not the text.</exception>
    public static TokenizedText Of(ITokenizer tokenizer, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        IReadOnlyList<TextToken> tokens = tokenizer.Explain(utf8).Tokens;
        int[] ends = [.. tokens.Select(token => token.End)];
        bool isInOrder = ends.Zip(ends.Skip(1)).All(pair => pair.First <= pair.Second) && ends.LastOrDefault() == utf8.Length;
        return isInOrder
            ? new TokenizedText([.. tokens.Select(token => token.Id)], ends)
            : throw new TokenizerFormatException(
                tokenizer.Name, null, "its tokens are not the text they came from, so that examples cannot be told apart in a prompt.");
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
