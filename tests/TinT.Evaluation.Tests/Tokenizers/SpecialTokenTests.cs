using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Model;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>Special tokens in texts, read by the rules of Hugging Face's transformers and tokenizers.</summary>
public sealed class SpecialTokenTests : IDisposable
{
    private const string Configuration = "tokenizer_config.json";
    private const string Map = "special_tokens_map.json";
    private const string Added = "added_tokens.json";
    private const int Start = 0, Pad = 1, End = 2;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_further_files_the_end_of_a_text_is_special()
    {
        string vocabulary = TinyVocabulary.Vocabulary.Replace("\"\\u003Cunk\\u003E\"", "\"<|endoftext|>\"", StringComparison.Ordinal);
        TinyVocabulary.Write(folder, vocabulary);
        TextTokenizer tokenizer = Load();

        Assert.Equal([.. Plain("a "), 3, 3, .. Plain(" b</s>")], tokenizer.Encode("a <|endoftext|><|endoftext|> b</s>"));
        Assert.Equal("a <|endoftext|>", tokenizer.Decode([.. Plain("a "), 3]));
        Assert.Equal(Plain("<|endoftext|>"), TextTokenizer.Load(folder.FullName).Encode("<|endoftext|>"));
    }

    [Fact]
    public void A_configuration_may_hold_numbers_that_only_Python_writes_and_a_byte_order_mark()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Configuration, "\uFEFF{\"model_max_length\":Infinity,\"pad_token\":\"<pad>\"}");
        Assert.Equal([Pad], Load().Encode("<pad>"));
    }

    [Fact]
    public void A_token_that_the_vocabulary_lacks_is_plain_text()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Configuration, """{"pad_token":"<|pad|>"}""");
        Assert.Equal(Plain("<|endoftext|><|pad|>"), Load().Encode("<|endoftext|><|pad|>"));
    }

    [Theory]
    [InlineData(Map, """{"bos_token":"</s>","eos_token":{"content":"</s>","lstrip":false},"unk_token":"</s>","pad_token":"<pad>"}""")]
    [InlineData(Configuration, """{"bos_token":"</s>","eos_token":{"__type":"AddedToken","content":"</s>"},"unk_token":"</s>","pad_token":"<pad>"}""")]
    [InlineData(Configuration, """{"bos_token":"</s>","additional_special_tokens":["<pad>"]}""")]
    [InlineData(Configuration, """{"bos_token":"</s>","extra_special_tokens":{"blank":{"content":"<pad>"}},"mask_token":null,"additional_special_tokens":null}""")]
    [InlineData(Configuration, """{"added_tokens_decoder":{"1":{"content":"<pad>","special":true},"2":{"content":"</s>"}}}""")]
    [InlineData(Added, """{"<pad>":1,"</s>":2}""")]
    public void Tokens_with_a_role_are_special_and_others_are_not(string file, string content)
    {
        TinyVocabulary.Write(folder);
        folder.Write(file, content);
        Assert.Equal([End, .. Plain("<s>x<unk>"), Pad], Load().Encode("</s><s>x<unk><pad>"));
    }

    [Fact]
    public void The_map_overrides_the_roles_of_the_configuration_unless_that_lists_the_added_tokens()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Map, """{"bos_token":"<s>"}""");
        folder.Write(Configuration, """{"bos_token":"</s>","pad_token":"<pad>"}""");
        Assert.Equal([Start, Pad, .. Plain("</s>")], Load().Encode("<s><pad></s>"));

        folder.Write(Configuration, """{"bos_token":"</s>","added_tokens_decoder":{"1":{"content":"<pad>"}}}""");
        Assert.Equal([.. Plain("<s>"), Pad, End], Load().Encode("<s><pad></s>"));
    }

    [Fact]
    public void Added_tokens_may_be_beyond_the_vocabulary_with_holes()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Added, """{"<é x>":280}""");
        TextTokenizer tokenizer = Load();

        Assert.Equal([.. Plain("a"), 280, .. Plain("b")], tokenizer.Encode("a<é x>b"));
        Assert.Equal("a<é x>", tokenizer.Decode([.. Plain("a"), 280]));
        Assert.Equal(281, tokenizer.VocabularySize);
        Assert.StartsWith(
            "Id 279 at index 0 is not in the vocabulary; ids run from 0 to 280.",
            Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.DecodeUtf8([279])).Message, StringComparison.Ordinal);
        Assert.Equal(281, TextTokenizer.Load(folder.FullName).VocabularySize);
        Assert.Equal(Plain("a<é x>b"), TextTokenizer.Load(folder.FullName).Encode("a<é x>b"));
    }

    [Fact]
    public void Added_tokens_that_are_not_special_are_found_in_any_case()
    {
        WriteToken("\"special\":false");
        Assert.Equal([.. Plain("a"), 300], TextTokenizer.Load(folder.FullName).Encode("a<m>"));
    }

    [Fact]
    public void The_longest_of_the_tokens_that_start_at_a_place_is_read()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Added, """{"<a":300,"<a><b>":301,"<b>":302}""");
        Assert.Equal([301, 300, .. Plain("> "), 302], Load().Encode("<a><b><a> <b>"));
    }

    [Theory]
    [InlineData("\"lstrip\":true", "a \t<m> \nb", "a", " \nb")]
    [InlineData("\"rstrip\":true", "a \t<m> \nb", "a \t", "b")]
    [InlineData("\"lstrip\":true,\"rstrip\":true", " <m>\u00A0", "", "")]
    [InlineData("\"lstrip\":false", "a <m> b", "a ", " b")]
    public void A_token_takes_the_white_space_it_asks_for(string flags, string text, string left, string right)
    {
        WriteToken(flags);
        Assert.Equal([.. Plain(left), 300, .. Plain(right)], Load().Encode(text));
    }

    [Fact]
    public void White_space_between_two_tokens_is_taken_once()
    {
        WriteToken("\"lstrip\":true,\"rstrip\":true");
        Assert.Equal([300, 300, 300, .. Plain("x")], Load().Encode(" <m>  <m><m> x"));
    }

    [Theory]
    [InlineData("a<m>", false)]
    [InlineData("<m>_", false)]
    [InlineData("<m>é", false)]
    [InlineData("<m>\u0301", false)]
    [InlineData("𝒜<m>", false)]
    [InlineData("1<m>", false)]
    [InlineData("<m>", true)]
    [InlineData(" <m>.", true)]
    [InlineData("-<m>\n", true)]
    public void A_single_word_is_plain_text_where_it_touches_a_word(string text, bool special)
    {
        WriteToken("\"single_word\":true");
        Assert.Equal(special, Load().Encode(text).Contains(300));
        Assert.Equal(text, Load().Decode(Load().Encode(text)));
    }

    [Theory]
    [InlineData(Configuration, "[]", "must be one JSON object.")]
    [InlineData(Map, "{\"bos_token\":1}", "$.bos_token: must be a text, not 1.")]
    [InlineData(Map, "{\"bos_token\":{}}", "$.bos_token: has no \"content\"; download the file again.")]
    [InlineData(Map, "{\"pad_token\":[]}", "$.pad_token: must be a text, not an array.")]
    [InlineData(Map, "{\"additional_special_tokens\":[\"x\",[]]}", "$.additional_special_tokens[1]: must be a text, not an array.")]
    [InlineData(Map, "{\"additional_special_tokens\":\"<pad>\"}", "$.additional_special_tokens: must be an object, not \"<pad>\".")]
    [InlineData(Added, "{\"x\":\"1\"}", "$.x: must be a whole number from 0, not \"1\".")]
    [InlineData(Added, "{\"<x>\":-1}", "$[\"\\u003Cx\\u003E\"]: must be a whole number from 0, not -1.")]
    [InlineData(Added, "{\"\":7}", "$[\"\"]: the token of id 7 is empty.")]
    [InlineData(Added, "{\"x\":2147483647}", "$.x: token \"x\" has id 2147483647, which no vocabulary reaches.")]
    [InlineData(Configuration, "{\"added_tokens_decoder\":[]}", "$.added_tokens_decoder: must be an object, not an array.")]
    [InlineData(Configuration, "{\"added_tokens_decoder\":{\"x\":{}}}", "$.added_tokens_decoder.x: stands where the name must be an id.")]
    [InlineData(Configuration, "{\"added_tokens_decoder\":{\"7\":\"x\"}}", "$.added_tokens_decoder.7: has no \"content\"; download the file again.")]
    [InlineData(Configuration, "{\"added_tokens_decoder\":{\"7\":{\"content\":\"x\",\"lstrip\":1}}}", "$.added_tokens_decoder.7.lstrip: must be true or false, not 1.")]
    [InlineData(Configuration, "{\"a\":\"\\ud800\"}", "a text has invalid UTF-8 or a \\u escape of half a surrogate pair.")]
    public void A_malformed_file_is_named(string file, string content, string problem)
    {
        TinyVocabulary.Write(folder);
        folder.Write(file, content);
        Assert.Equal($"{Path.Combine(folder.FullName, file)}: {problem}", Assert.Throws<TokenizerFormatException>(() => Load()).Message);
    }

    [Fact]
    public void Invalid_JSON_is_refused_at_its_line()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Map, "{\n\"a\" 1}");
        Assert.Equal($"{Path.Combine(folder.FullName, Map)}(2): is not valid JSON at byte 4 of the line.", Assert.Throws<TokenizerFormatException>(() => Load()).Message);
    }

    [Fact]
    public void A_token_that_the_model_does_not_know_is_refused()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Added, """{"<|pad|>":270}""");
        TokenizerOptions options = new() { ReadSpecialTokens = true, ModelVocabularySize = 270 };
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName, options));
        Assert.Equal(
            $"{Path.Combine(folder.FullName, "vocab.json")}: the added token \"<|pad|>\" has id 270, but the model's vocabulary has 270 ids. "
            + "Read special tokens as plain text, or remove this one.",
            exception.Message);
        Assert.Equal(270, TextTokenizer.Load(folder.FullName, options with { ReadSpecialTokens = false }).VocabularySize);
    }

    [Fact]
    public void The_loader_reads_the_token_that_starts_the_lines_of_OPT()
    {
        TinyVocabulary.Write(folder);
        AuxiliaryDescription auxiliary = new("opt", 300, 16, 8, 1, 2, 32, "relu", 1e-5);
        Assert.Equal([End, .. Plain("<s>")], TokenizerLoader.Load(folder.FullName, auxiliary, readSpecialTokens: true).Encode("</s><s>"));
        Assert.Equal(Plain("</s><s>"), TokenizerLoader.Load(folder.FullName, auxiliary).Encode("</s><s>"));
    }

    [Fact]
    public void Bytes_have_no_special_tokens()
    {
        AuxiliaryDescription auxiliary = new("gpt2", 256, 16, 8, 1, 2, 32, "relu", 1e-5);
        Assert.Equal([60, 124], TokenizerLoader.Load("bytes", auxiliary, readSpecialTokens: true).Encode("<|"));
    }

    private void WriteToken(string flags)
    {
        TinyVocabulary.Write(folder);
        folder.Write(Configuration, "{\"added_tokens_decoder\":{\"300\":{\"content\":\"<m>\"," + flags + "}}}");
    }

    private TextTokenizer Load() => TextTokenizer.Load(folder.FullName, new TokenizerOptions { ReadSpecialTokens = true });

    private static int[] Plain(string text) => TinyVocabulary.ByteIds(text);
}
