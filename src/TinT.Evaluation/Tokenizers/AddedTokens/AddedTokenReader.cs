using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;

namespace TinT.Evaluation.Tokenizers.AddedTokens;

/// <summary>Reads <c>added_tokens</c> of <c>tokenizer.json</c>.</summary>
/// <remarks>
/// As <c>AddedVocabulary::add_tokens</c> of Hugging Face's <c>tokenizers</c> does, whatever <c>id</c> says: a token of the vocabulary has its id there, and
/// others follow the vocabulary in their order.
/// </remarks>
internal static class AddedTokenReader
{
    /// <summary>Reads the tokens.</summary>
    /// <param name="place">The list; <see langword="null"/> if there is none.</param>
    /// <param name="vocabulary">The model's tokens.</param>
    /// <exception cref="TokenizerFormatException">The list is malformed, or ids contradict each other.</exception>
    public static IReadOnlyList<AddedToken> Read(JsonPlace? place, Vocabulary vocabulary)
    {
        Dictionary<string, AddedToken> tokens = new(StringComparer.Ordinal);
        int next = vocabulary.Count;
        foreach (JsonPlace item in place?.Items() ?? [])
        {
            string content = item.Get("content").Text();
            if (content.Length == 0)
                continue;
            int id = tokens.TryGetValue(content, out AddedToken? known) ? known.Id : vocabulary.Find(content) ?? next++;
            if (item.Find("id") is { } stated && stated.Count() != id)
                throw stated.Error($"token \"{content}\" has id {stated.Describe()}, but {Reason(vocabulary.Find(content), id)}. Correct the id.");
            bool isSpecial = item.Flag("special", otherwise: false);
            tokens[content] = new AddedToken(content, id)
            {
                IsSpecial = isSpecial,
                IsNormalized = item.Flag("normalized", otherwise: !isSpecial),
                StripsLeft = item.Flag("lstrip", otherwise: false),
                StripsRight = item.Flag("rstrip", otherwise: false),
                IsSingleWord = item.Flag("single_word", otherwise: false),
            };
        }

        return [.. tokens.Values];
    }

    private static string Reason(int? inVocabulary, int id) =>
        inVocabulary is not null ? $"the model's vocabulary has it as {id}" : $"added tokens follow the vocabulary in their order, so that it would be {id}";
}
