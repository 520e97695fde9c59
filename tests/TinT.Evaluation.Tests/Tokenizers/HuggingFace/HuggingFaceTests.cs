using System.Text;

namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>Ids are those of Hugging Face's own implementation, for tokenizers that are made for each feature and for real ones.</summary>
public sealed class HuggingFaceTests : IDisposable
{
    /// <summary>From here on there are only tags, variation selectors and what is for private use.</summary>
    private const int Limit = 0xF0000;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Built => [.. BuiltTokenizers.All.Keys];

    public static TheoryData<string> Real => [.. RealTokenizers.Names];

    public void Dispose() => folder.Dispose();

    [HuggingFaceTheory]
    [MemberData(nameof(Built))]
    public void A_tokenizer_of_each_feature_gives_their_ids(string name)
    {
        BuiltTokenizers.All[name].WriteTo(folder);
        CompareTexts(folder.FullName);
    }

    [RealTokenizersTheory]
    [MemberData(nameof(Real))]
    public void A_real_tokenizer_gives_their_ids(string name) => CompareTexts(RealTokenizers.DirectoryOf(name));

    /// <summary>Every code point beside letters, digits, signs and spaces, which shows the class that each pattern puts it in.</summary>
    [HuggingFaceTheory]
    [InlineData("GPT-2 by an expression")]
    [InlineData("LLaMA 3")]
    [InlineData("o200k")]
    [InlineData("DeepSeek")]
    [InlineData("BLOOM")]
    [InlineData("Falcon")]
    [InlineData("expression with words")]
    [InlineData("Digits")]
    [InlineData("Punctuation")]
    [InlineData("Whitespace")]
    [InlineData("WhitespaceSplit")]
    [InlineData("normalizer NFC")]
    [InlineData("normalizer NFD")]
    [InlineData("normalizer NFKC")]
    [InlineData("normalizer NFKD")]
    [InlineData("normalizer Lowercase")]
    [InlineData("normalizer StripAccents")]
    [InlineData("normalizer Strip")]
    public void Characters_are_of_the_same_classes(string name)
    {
        BuiltTokenizers.All[name].WriteTo(folder);
        using ComparedTokenizer tokenizer = new(folder.FullName);
        // A prime step reaches every block; where many texts are asked for, every character is tried.
        int step = ComparedTexts.Count >= 10_000 ? 1 : 211;
        StringBuilder text = new();
        for (int codePoint = 1; codePoint < Limit; codePoint += step)
        {
            if (Rune.IsValid(codePoint))
                text.Append(new StringBuilder("aXa1X1!X! X \nX\nZX'X").Replace("X", char.ConvertFromUtf32(codePoint)));
            if (text.Length < 2000 && codePoint + step < Limit)
                continue;
            tokenizer.CompareIds(text.ToString());
            text.Clear();
        }
    }

    private static void CompareTexts(string directory)
    {
        using ComparedTokenizer tokenizer = new(directory);
        for (int seed = 0; seed < ComparedTexts.Count; seed++)
            tokenizer.Compare(ComparedTexts.Create(seed, tokenizer.AddedTokens));
    }
}
