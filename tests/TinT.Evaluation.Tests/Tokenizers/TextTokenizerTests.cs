using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tests.Tokenizers;

public sealed class TextTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Merges_are_made_in_their_order()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder));
        Assert.Equal([TinyVocabulary.FirstMerge + 3, TinyVocabulary.FirstMerge + 8], tokenizer.Encode("hello world"));
        Assert.Equal([.. TinyVocabulary.ByteIds("w"), .. TinyVocabulary.ByteIds("o"), TinyVocabulary.FirstMerge + 6], tokenizer.Encode("worl"));
        Assert.Equal([TinyVocabulary.FirstMerge + 2, .. TinyVocabulary.ByteIds("l")], tokenizer.Encode("helll"));
        Assert.Equal(270, tokenizer.VocabularySize);
    }

    [Fact]
    public void Of_overlapping_pairs_the_left_one_is_merged()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder, merges: "l l"));
        int pair = TinyVocabulary.FirstMerge + 1;
        int single = TinyVocabulary.FirstByte + 'l';
        Assert.Equal([pair, single], tokenizer.Encode("lll"));
        Assert.Equal([pair, pair, single], tokenizer.Encode("lllll"));
    }

    [Fact]
    public void A_pair_that_a_merge_creates_may_come_before_the_others()
    {
        // "he h" stands before "h e": the first "he" takes the "h" of the second, as in Hugging Face's tokenizers.
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder, merges: "he h\nh e\n"));
        Assert.Equal([TinyVocabulary.FirstMerge + 9, .. TinyVocabulary.ByteIds("e")], tokenizer.Encode("hehe"));
        Assert.Equal([TinyVocabulary.FirstMerge + 9], tokenizer.Encode("heh"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("</s>", 2)]
    public void The_token_that_starts_texts_is_looked_up_and_not_added(string? token, int? id)
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder), new TokenizerOptions { UsualStartToken = token });
        Assert.Equal(id is { } start ? [start] : [], tokenizer.StartIds);
        Assert.Equal(TinyVocabulary.ByteIds("x"), tokenizer.Encode("x"));
    }

    [Fact]
    public void Special_tokens_spelled_out_in_the_text_are_plain_text()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder));
        Assert.Equal(TinyVocabulary.ByteIds("</s>"), tokenizer.Encode("</s>"));
        Assert.Equal("</s><pad>", tokenizer.Decode([2, 1]));
    }

    [Fact]
    public void Merges_may_lack_the_version_line_and_the_last_newline_and_may_end_in_carriage_returns()
    {
        int[] expected = TextTokenizer.Load(TinyVocabulary.Write(folder)).Encode("hello world");
        foreach (string separator in (string[])["\n", "\r\n"])
        {
            TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder, merges: string.Join(separator, TinyVocabulary.Merges)));
            Assert.Equal(expected, tokenizer.Encode("hello world"));
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\n \n\t")]
    public void Empty_lines_at_the_end_of_the_merges_are_skipped(string end)
    {
        int[] expected = TextTokenizer.Load(TinyVocabulary.Write(folder)).Encode("hello world");
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder, merges: string.Join('\n', TinyVocabulary.Merges) + end));
        Assert.Equal(expected, tokenizer.Encode("hello world"));
    }

    [Fact]
    public void Of_a_merge_that_is_there_twice_the_later_rank_counts()
    {
        TextTokenizer early = TextTokenizer.Load(TinyVocabulary.Write(folder, merges: "l l\nr l\n"));
        Assert.Equal([.. TinyVocabulary.ByteIds("r"), TinyVocabulary.FirstMerge + 1], early.Encode("rll"));
        TextTokenizer late = TextTokenizer.Load(TinyVocabulary.Write(folder, merges: "l l\nr l\nl l\n"));
        Assert.Equal([TinyVocabulary.FirstMerge + 6, .. TinyVocabulary.ByteIds("l")], late.Encode("rll"));
    }

    [Fact]
    public void Any_text_comes_back_unchanged_and_a_second_time_the_same()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder));
        for (int seed = 0; seed < 500; seed++)
        {
            string text = RandomText.Create(seed);
            int[] ids = tokenizer.Encode(text);
            Assert.Equal(text, tokenizer.Decode(ids));
            Assert.Equal(ids, tokenizer.Encode(text));
        }
    }

    [Fact]
    public void A_word_without_end_is_merged_too()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder));
        int[] ids = tokenizer.Encode(string.Concat(Enumerable.Repeat("hello", 20_000)));
        Assert.Equal(Enumerable.Repeat(TinyVocabulary.FirstMerge + 3, 20_000), ids);
    }

    [Fact]
    public void A_lone_surrogate_is_read_as_the_replacement_character()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder));
        Assert.Equal(TinyVocabulary.ByteIds("a\uFFFDb"), tokenizer.Encode("a\uDC00b"));
    }

    [Fact]
    public void Ids_that_end_inside_a_character_decode_to_its_bytes()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder));
        int[] ids = tokenizer.Encode("é");
        Assert.Equal([0xC3], tokenizer.DecodeUtf8(ids.AsSpan(0, 1)));
        Assert.Equal("\uFFFD", tokenizer.Decode(ids.AsSpan(0, 1)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(270)]
    public void An_id_that_is_not_in_the_vocabulary_is_named(int id)
    {
        TextTokenizer tokenizer = TextTokenizer.Load(TinyVocabulary.Write(folder));
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.DecodeUtf8([4, id]));
        Assert.StartsWith($"Id {id} at index 1 is not in the vocabulary; ids run from 0 to 269.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_byte_alphabet_is_that_of_GPT2()
    {
        Assert.Equal('!', ByteAlphabet.ToCharacter((byte)'!'));
        Assert.Equal('ÿ', ByteAlphabet.ToCharacter(0xFF));
        Assert.Equal('Ā', ByteAlphabet.ToCharacter(0));
        Assert.Equal('Ċ', ByteAlphabet.ToCharacter((byte)'\n'));
        Assert.Equal('Ġ', ByteAlphabet.ToCharacter((byte)' '));
        Assert.Equal('ġ', ByteAlphabet.ToCharacter(0x7F));
        Assert.Equal('ł', ByteAlphabet.ToCharacter(0xA0));
        Assert.Equal('Ń', ByteAlphabet.ToCharacter(0xAD));
        Assert.Equal(256, Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToCharacter((byte)value)).Distinct().Count());
    }
}
