using System.Text;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>Expected pieces follow from SentencePiece's source; real models were compared with its own library, as the folder's README tells.</summary>
public sealed class SentencePieceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static BuiltSentencePiece Words => new()
    {
        Algorithm = BuiltSentencePiece.BytePair,
        Pieces = BuiltSentencePiece.PiecesOf("▁a", "ab", "▁ab", "aa", "b", "a", "▁", "c", "▁▁"),
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ab", "▁ab")]
    [InlineData("abab", "▁ab ab")]
    [InlineData("aaa", "▁a aa")]
    [InlineData(" ab", "▁ ▁ab")]
    [InlineData("c  b", "▁ c ▁▁ b")]
    [InlineData("", "")]
    [InlineData("a?!c", "▁a <unk> c")]
    public void Pairs_merge_by_score_and_spaces_are_written_and_put_before(string text, string pieces) => Assert.Equal(pieces, Cut(Words, text));

    [Theory]
    [InlineData("  a   b ", "▁a ▁ b")]
    [InlineData("   ", "")]
    [InlineData("a▁", "▁a")]
    public void Spaces_that_are_too_many_are_removed(string text, string pieces) => Assert.Equal(pieces, Cut(Words with { RemovesExtraSpaces = true }, text));

    [Fact]
    public void A_text_may_do_without_a_space_before() => Assert.Equal("ab", Cut(Words with { AddsPrefix = false }, "ab"));

    [Fact]
    public void Unknown_characters_are_bytes_where_the_model_says_so()
    {
        BuiltSentencePiece built = Words with { FallsBackToBytes = true, Pieces = [.. Words.Pieces, .. BuiltSentencePiece.Bytes] };
        Assert.Equal("▁a <0xC3> <0xA9> c", Cut(built, "aéc"));
        Assert.Equal("aéc", Load(built).Decode(Load(built).Encode("aéc")));
        Assert.Equal("a\uFFFDc", Load(built).Decode([3, 12 + 0xC3, 10]));
    }

    [Theory]
    [InlineData("aaa", "aaa")]
    [InlineData("aaaa", "aa aa")]
    [InlineData("aaaaa", "aa aaa")]
    public void Pairs_of_every_cut_make_a_piece(string text, string pieces)
    {
        BuiltSentencePiece built =
            new() { Algorithm = BuiltSentencePiece.BytePair, AddsPrefix = false, Pieces = BuiltSentencePiece.PiecesOf("aa", "aaa", "a") };
        Assert.Equal(pieces, Cut(built, text));
    }

    [Theory]
    [InlineData(BuiltSentencePiece.BytePair, "abab", "▁a ba b")]
    [InlineData(BuiltSentencePiece.BytePair, "a<x>a", "▁a <x> a")]
    [InlineData(BuiltSentencePiece.Unigram, "a<x>a", "▁a <x> a")]
    public void User_defined_pieces_are_one_token(int algorithm, string text, string pieces)
    {
        BuiltSentencePiece built = Words with { Algorithm = algorithm, Pieces = [.. Words.Pieces, ("ba", 0, BuiltSentencePiece.UserDefined), ("<x>", 0, BuiltSentencePiece.UserDefined)] };
        Assert.Equal(pieces, Cut(built, text));
    }

    [Theory]
    [InlineData("abab", "▁ab ab")]
    [InlineData("aaab", "▁a a ab")]
    [InlineData("??c", "▁ <unk> c")]
    public void A_unigram_model_takes_the_best_way(string text, string pieces) =>
        Assert.Equal(pieces, Cut(Words with { Algorithm = BuiltSentencePiece.Unigram }, text));

    [Fact]
    public void Texts_start_with_what_the_model_has_for_that_unless_the_configuration_says_otherwise()
    {
        Assert.Equal([1], Load(Words).StartIds);
        Assert.Empty(Load(Words with { StartId = -1 }).StartIds);
        folder.Write("tokenizer_config.json", """{"add_bos_token":false,"add_eos_token":true,"bos_token":"<s>","eos_token":{"content":"</s>"}}""");
        Assert.Empty(Load(Words).StartIds);
        Assert.Equal([2], Load(Words).EndIds);
    }

    [Fact]
    public void Special_tokens_are_read_from_the_files_beside()
    {
        folder.Write("special_tokens_map.json", """{"bos_token":"<s>","eos_token":"</s>","unk_token":"<unk>"}""");
        folder.Write("tokenizer.model", Words.ToBytes());
        TextTokenizer tokenizer = TextTokenizer.Load(folder.FullName, new TokenizerOptions { ReadSpecialTokens = true });
        Assert.Equal([2, 3], tokenizer.Encode("</s>a"));
        Assert.DoesNotContain(2, Load(Words).Encode("</s>a"));
    }

    [Fact]
    public void What_is_not_supported_is_named()
    {
        Refuse(Words with { Algorithm = 3 }, "is a SentencePiece model of words or characters, which is not supported; there are unigram and BPE models.");
        Refuse(Words with { PutsSpaceBehind = true }, "has spaces behind words (treat_whitespace_as_suffix), which is not supported. Use a model whose tokenizer has them before words.");
        Refuse(
            Words with { Pieces = [.. Words.Pieces, ("x", 0, BuiltSentencePiece.Unused)] },
            "has the unused piece \"x\" of id 12; vocabularies that are restricted are not supported. Use the whole one.");
        Refuse(Words with { Pieces = [.. Words.Pieces, ("b", 0, BuiltSentencePiece.Normal)] }, "token \"b\" is there twice, with ids 7 and 12.");
        Refuse(Words with { Pieces = [] }, "is no SentencePiece model: it has no piece for unknown characters. Download the file again.");
    }

    [Fact]
    public void Every_truncation_is_refused_or_read()
    {
        byte[] whole = Words.ToBytes();
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            folder.Write("tokenizer.model", whole[..length]);
            try
            {
                TextTokenizer.Load(folder.FullName);
            }
            catch (TokenizerFormatException exception)
            {
                Assert.EndsWith("tokenizer.model", exception.File, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, whole.Length / 2, whole.Length);
    }

    private void Refuse(BuiltSentencePiece built, string problem)
    {
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => Load(built));
        Assert.Equal($"{Path.Combine(folder.FullName, "tokenizer.model")}: {problem}", exception.Message);
    }

    private string Cut(BuiltSentencePiece built, string text)
    {
        TextTokenizer tokenizer = Load(built);
        ExplainedText explained = tokenizer.Explain(Encoding.UTF8.GetBytes(text));
        Assert.Equal(tokenizer.Encode(text), explained.Tokens.Select(token => token.Id));
        return string.Join(' ', explained.Tokens.Select(token => token.Piece));
    }

    private TextTokenizer Load(BuiltSentencePiece built)
    {
        folder.Write("tokenizer.model", built.ToBytes());
        return TextTokenizer.Load(folder.FullName);
    }
}
