using TinT.Evaluation.Tokenizers;
using TinT.Tests.Common;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>
/// Tests on GPT-2's own vocabulary. The expected ids of the sample were produced by npm gpt-3-encoder 1.1.4 (<c>encode(text)</c>, written 20
/// a line). It cuts by JavaScript's white space, which has U+FEFF and lacks U+0085; the sample has neither.
/// </summary>
public sealed class Gpt2VocabularyTests
{
    private static readonly string DataFolder = Path.Combine(AppContext.BaseDirectory, "Tokenizers", "Data");

    [SharedFolderFact("tokenizer")]
    public void A_multilingual_emoji_and_code_sample_has_the_ids_of_gpt_3_encoder()
    {
        string text = File.ReadAllText(Path.Combine(DataFolder, "multilingual-sample.txt"));
        int[] expected = [.. File.ReadAllText(Path.Combine(DataFolder, "multilingual-sample.ids.txt"))
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        TextTokenizer tokenizer = Load();
        int[] ids = tokenizer.Encode(text);
        Assert.Equal(2020, expected.Length);
        Assert.Equal(expected, ids);
        Assert.Equal(text, tokenizer.Decode(ids));
    }

    [SharedFolderFact("tokenizer")]
    public void Well_known_texts_have_their_ids()
    {
        TextTokenizer tokenizer = Load();
        Assert.Equal(50257, tokenizer.VocabularySize);
        Assert.Equal([15496, 11, 995, 0], tokenizer.Encode("Hello, world!"));
        Assert.Equal([198], tokenizer.Encode("\n"));
        Assert.Equal("<|endoftext|>", tokenizer.Decode([50256]));
    }

    [SharedFolderFact("tokenizer")]
    public void Where_JavaScript_differs_the_ids_are_those_of_Python()
    {
        // Produced by GPT-2's encoder with Python's regex module.
        TextTokenizer tokenizer = Load();
        Assert.Equal([64, 220, 126, 227, 65], tokenizer.Encode("a \u0085b"));
        Assert.Equal([64, 27332, 119, 123, 65], tokenizer.Encode("a \uFEFFb"));
    }

    [SharedFolderFact("data", "wikitext-2-v1.valid.txt")]
    public void A_large_text_comes_back_unchanged()
    {
        string text = File.ReadAllText(RepositoryFiles.InShared("data", "wikitext-2-v1.valid.txt"));
        TextTokenizer tokenizer = Load();
        int[] ids = tokenizer.Encode(text);
        // Counted with GPT-2's encoder with Python's regex module.
        Assert.Equal(258659, ids.Length);
        Assert.Equal(text, tokenizer.Decode(ids));
    }

    private static TextTokenizer Load() => TextTokenizer.Load(RepositoryFiles.InShared("tokenizer"));
}
