using System.Text.Json;
using TinT.Evaluation.Tokenizers;
using TinT.Tests.Common;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>Tokenizers of public bug reports beside the repository, whose ids come from an independent implementation.</summary>
public sealed class TokenizerCaseTests
{
    [SharedFolderTheory("cases")]
    [InlineData("tok-blank-end", false)]
    [InlineData("tok-duplicate-merge", false)]
    [InlineData("tok-endoftext", true)]
    [InlineData("tok-json-only", false)]
    public void An_odd_tokenizer_is_loaded_and_gives_the_right_ids(string name, bool special)
    {
        string folder = RepositoryFiles.InShared("cases", name);
        string text = File.ReadAllText(Path.Combine(folder, "text.txt"));
        int[] expected = JsonSerializer.Deserialize<int[]>(File.ReadAllText(Path.Combine(folder, "expected-ids.json")))!;

        TextTokenizer tokenizer = TextTokenizer.Load(folder, new TokenizerOptions { ReadSpecialTokens = special });

        Assert.Equal(expected, tokenizer.Encode(text));
        Assert.Equal(text, tokenizer.Decode(expected));
    }

    [SharedFolderFact("cases", "tok-endoftext")]
    public void A_special_token_in_a_text_is_plain_unless_it_is_asked_for()
    {
        string folder = RepositoryFiles.InShared("cases", "tok-endoftext");
        string text = File.ReadAllText(Path.Combine(folder, "text.txt"));

        int[] ids = TextTokenizer.Load(folder).Encode(text);

        Assert.DoesNotContain(456, ids);
        Assert.Equal(text, TextTokenizer.Load(folder).Decode(ids));
    }
}
