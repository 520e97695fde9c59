using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Model;

namespace TinT.Evaluation.Tests.Tokenizers;

public sealed class TokenizerLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Bytes_need_a_vocabulary_of_256()
    {
        Assert.IsType<ByteTokenizer>(TokenizerLoader.Load("bytes", Auxiliary("gpt2", 256)));
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TokenizerLoader.Load("bytes", Auxiliary("gpt2", 255)));
        Assert.Equal("bytes: bytes need 256 ids, but the model's vocabulary has 255. Name the model's own tokenizer directory.", exception.Message);
    }

    [Theory]
    [InlineData("gpt2", null)]
    [InlineData("opt", 2)]
    public void Only_OPT_starts_texts_with_a_token_where_nothing_is_said(string architecture, int? id)
    {
        ITokenizer tokenizer = TokenizerLoader.Load(TinyVocabulary.Write(folder), Auxiliary(architecture, 300));
        Assert.Equal(id is { } start ? [start] : [], tokenizer.StartIds);
        Assert.Equal(Path.GetFileName(folder.FullName), tokenizer.Name);
    }

    [Fact]
    public void A_tokenizer_with_more_ids_than_the_model_is_refused()
    {
        TinyVocabulary.Write(folder);
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TokenizerLoader.Load(folder.FullName, Auxiliary("gpt2", 260)));
        Assert.EndsWith("token \"he\" has id 260, but the model's vocabulary has 260 ids. The tokenizer belongs to another model.", exception.Message, StringComparison.Ordinal);
    }

    private static AuxiliaryDescription Auxiliary(string architecture, int vocabularySize) =>
        new(architecture, vocabularySize, 16, 8, 1, 2, 32, "relu", 1e-5);
}
