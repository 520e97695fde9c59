using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.Tests.Tokenizers;

public sealed class ByteTokenizerTests
{
    private readonly ByteTokenizer tokenizer = new();

    [Fact]
    public void Ids_are_the_bytes_of_the_text()
    {
        Assert.Equal([72, 105, 33, 10], tokenizer.Encode("Hi!\n"));
        Assert.Equal([0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80], tokenizer.Encode("é😀"));
        Assert.Equal(256, tokenizer.VocabularySize);
        Assert.Empty(tokenizer.StartIds);
        Assert.Empty(tokenizer.EndIds);
    }

    [Fact]
    public void Ids_are_appended_to_those_already_there()
    {
        List<int> ids = [7];
        tokenizer.Encode("a", ids);
        tokenizer.Encode("", ids);
        tokenizer.Encode("b", ids);
        Assert.Equal([7, 97, 98], ids);
    }

    [Fact]
    public void Any_text_comes_back_unchanged()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            string text = RandomText.Create(seed);
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    [Fact]
    public void A_lone_surrogate_is_read_as_the_replacement_character()
    {
        Assert.Equal([97, 0xEF, 0xBF, 0xBD, 98], tokenizer.Encode("a\uD83Db"));
        Assert.Equal("a\uFFFDb", tokenizer.Decode(tokenizer.Encode("a\uD83Db")));
    }

    [Fact]
    public void An_id_that_is_no_byte_is_named()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.DecodeUtf8([65, 256]));
        Assert.StartsWith("Id 256 at index 1 is not a byte; ids run from 0 to 255.", exception.Message, StringComparison.Ordinal);
    }
}
