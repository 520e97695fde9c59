using System.Text;
using System.Text.Json;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>
/// A made-up tokenizer: OPT's four special tokens (ids 0 … 3), the 256 bytes in the order of their values (ids 4 … 259), then the results of
/// the merges in their order (ids 260 …).
/// </summary>
internal static class TinyVocabulary
{
    public const int FirstByte = 4;
    public const int FirstMerge = 260;

    public static readonly string[] Merges = ["h e", "l l", "he ll", "hell o", "Ġ w", "Ġw o", "r l", "Ġwo rl", "Ġworl d", "he h"];

    public static string Vocabulary => JsonSerializer.Serialize(Tokens().Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id));

    /// <summary>Writes the tokenizer, with replacements for either file's text.</summary>
    public static string Write(TemporaryFolder folder, string? vocabulary = null, string? merges = null)
    {
        folder.Write("vocab.json", vocabulary ?? Vocabulary);
        folder.Write("merges.txt", merges ?? "#version: 0.2\n" + string.Join('\n', Merges) + "\n");
        return folder.FullName;
    }

    /// <summary>Ids of a text's bytes, none merged.</summary>
    public static int[] ByteIds(string text) => [.. Encoding.UTF8.GetBytes(text).Select(value => FirstByte + value)];

    private static IEnumerable<string> Tokens() =>
        ((string[])["<s>", "<pad>", "</s>", "<unk>"])
        .Concat(Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToCharacter((byte)value).ToString()))
        .Concat(Merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)));
}
