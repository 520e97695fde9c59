using System.Text;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>What <c>tokenizer.json</c> may not have is named with its place; what it has is explained. Its ids are compared in <c>HuggingFaceTests</c>.</summary>
public sealed class TokenizerJsonTests : IDisposable
{
    private const string Model = "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"]}";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{}", "$: has no \"model\"; download the file again.")]
    [InlineData("{\"version\":\"2.0\"," + Model + "}", "$.version: is \"2.0\", but only version 1.0 is known.")]
    [InlineData("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{}}}", "$.model.type: the model \"WordPiece\" is not supported; there are BPE, Unigram. Use a model whose tokenizer needs no other.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"dropout\":0.1}}", "$.model.dropout: merges that are left out at random are for training a model; set it to null.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"end_of_word_suffix\":\"</w>\"}}", "$.model.end_of_word_suffix: is \"</w>\", and such additions to tokens inside words or at their end are not supported. Use a model whose tokenizer needs none.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":0},\"merges\":[]}}", "$.model.vocab.b: id 0 is given to both \"a\" and \"b\".")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":4000000000},\"merges\":[]}}", "$.model.vocab.a: must be a whole number from 0, not 4000000000.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":2000000000},\"merges\":[]}}", "$.model.vocab.a: token \"a\" has id 2000000000, which no vocabulary reaches.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1},\"merges\":[]}}", "$.model.vocab.a: must be a whole number from 0, not -1.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a a\"]}}", "$.model.merges[0]: the vocabulary has no \"aa\"; download the file again.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[[\"a\"]]}}", "$.model.merges[0]: must be two tokens: a text with a space between them, or an array.")]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"unk_token\":\"?\"}}", "$.model.unk_token: the vocabulary has no \"?\"; name one of its tokens.")]
    [InlineData("{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",0],[\"b\"]],\"unk_id\":0}}", "$.model.vocab[1]: must be a token and its score.")]
    [InlineData("{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",0]],\"unk_id\":1}}", "$.model.unk_id: is 1, but the vocabulary has 1 tokens.")]
    [InlineData("{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Nmt\"}]}," + Model + "}", "$.normalizer.normalizers[1].type: the normalizer \"Nmt\" is not supported; there are Lowercase, NFC, NFD, NFKC, NFKD, Precompiled, Prepend, Replace, Sequence, Strip, StripAccents. Use a model whose tokenizer needs no other.")]
    [InlineData("{\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Whitespace\"},{\"type\":\"BertPreTokenizer\"}]}," + Model + "}", "$.pre_tokenizer.pretokenizers[1].type: the pre-tokenizer \"BertPreTokenizer\" is not supported; there are ByteLevel, Digits, Metaspace, Punctuation, Sequence, Split, Whitespace, WhitespaceSplit. Use a model whose tokenizer needs no other.")]
    [InlineData("{\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"ByteLevel\"},{\"type\":\"ByteLevel\"}]}," + Model + "}", "$.pre_tokenizer.pretokenizers[1]: is the second ByteLevel, which would write the letters of bytes as bytes; remove one of them.")]
    [InlineData("{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"String\":\"a\"},\"behavior\":\"Kept\"}," + Model + "}", "$.pre_tokenizer.behavior: must be one of Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous, not \"Kept\".")]
    [InlineData("{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":\"a\",\"behavior\":\"Removed\"}," + Model + "}", "$.pre_tokenizer.pattern: must be {\"String\": …} or {\"Regex\": …}.")]
    [InlineData("{\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"ab\"}," + Model + "}", "$.pre_tokenizer.replacement: must be one character, not \"ab\".")]
    [InlineData("{\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"_\",\"prepend_scheme\":\"last\"}," + Model + "}", "$.pre_tokenizer.prepend_scheme: must be always, first or never, not \"last\".")]
    [InlineData("{\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"_\",\"prepend_scheme\":\"first\",\"add_prefix_space\":false}," + Model + "}", "$.pre_tokenizer: add_prefix_space is false, which contradicts prepend_scheme; remove one of them.")]
    [InlineData("{\"pre_tokenizer\":[]," + Model + "}", "$.pre_tokenizer: must be an object with a type, not an array.")]
    [InlineData("{\"decoder\":{\"type\":\"WordPiece\"}," + Model + "}", "$.decoder.type: the decoder \"WordPiece\" is not supported; there are ByteFallback, ByteLevel, Fuse, Metaspace, Replace, Sequence, Strip. Use a model whose tokenizer needs no other.")]
    [InlineData("{\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"x\"}}]}," + Model + "}", "$.post_processor.single[0].SpecialToken.id: special_tokens has no \"x\"; add it with its ids.")]
    [InlineData("{\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[]}," + Model + "}", "$.post_processor.single: has no place for the text; add the Sequence A.")]
    [InlineData("{\"added_tokens\":[{\"id\":7,\"content\":\"<x>\"}]," + Model + "}", "$.added_tokens[0].id: token \"<x>\" has id 7, but added tokens follow the vocabulary in their order, so that it would be 3. Correct the id.")]
    [InlineData("{\"added_tokens\":[{\"id\":7,\"content\":\"ab\"}]," + Model + "}", "$.added_tokens[0].id: token \"ab\" has id 7, but the model's vocabulary has it as 2. Correct the id.")]
    [InlineData("{\"added_tokens\":{}," + Model + "}", "$.added_tokens: must be an array, not an object.")]
    public void What_is_wrong_or_not_supported_is_named_with_its_path(string content, string problem)
    {
        string path = folder.Write("tokenizer.json", content);
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName));
        Assert.Equal($"{path}: {problem}", exception.Message);
        Assert.Equal(problem[..problem.IndexOf(": ", StringComparison.Ordinal)], exception.JsonPath);
    }

    [Theory]
    [InlineData(@"\p{Han}+", @"has the property \p{Han}, where only general categories are supported")]
    [InlineData(@"(a)\1", @"has the escape \1, which is not supported")]
    [InlineData(@"(?x:a)", "has a group \"(?x:a)\" of a kind that is not supported")]
    [InlineData(@"[a&&b]", "has a class with \"&&b]\", which is not supported")]
    [InlineData(@"[a[^b]]", "has a class with \"[^b]]\", which is not supported")]
    [InlineData(@"[[:alpha:]]", "has a class with \"[:alpha:\", which is not supported")]
    [InlineData("[𝒜-𝒵]", "names U+1D4B5; characters above U+FFFF are supported as members of categories only")]
    [InlineData("(?i:é)", "ignores the case of a character outside ASCII")]
    [InlineData("(?i:ss)", "ignores case in \"ss\", which one character may stand for")]
    [InlineData("(a", "has a group without an end")]
    [InlineData("a)", "has ')' without a group")]
    [InlineData("[a", "has a class without an end")]
    [InlineData("[b-a]", "has a range whose end is before its start")]
    [InlineData("*a", "has \"*a\" with nothing to repeat")]
    [InlineData(@"a\", "ends in the middle of an escape")]
    [InlineData(@"\x{110000}", "has \"x{110000\" where the hexadecimal number of a character must be")]
    public void Expressions_that_cannot_be_matched_as_theirs_are_refused(string regex, string problem)
    {
        string pattern = System.Text.Json.JsonSerializer.Serialize(regex);
        string path = folder.Write(
            "tokenizer.json", $$"""{"pre_tokenizer":{"type":"Split","pattern":{"Regex":{{pattern}}},"behavior":"Isolated"},{{Model}}}""");
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName));
        Assert.Equal($"{path}: $.pre_tokenizer.pattern.Regex: the regular expression {problem}.", exception.Message);
    }

    [Fact]
    public void Sequences_inside_each_other_without_end_are_refused()
    {
        const int Depth = 100_000;
        string nested = string.Concat(Enumerable.Repeat("{\"type\":\"Sequence\",\"normalizers\":[", Depth)) + string.Concat(Enumerable.Repeat("]}", Depth));
        string path = folder.Write("tokenizer.json", $"{{\"normalizer\":{nested},{Model}}}");
        Assert.StartsWith($"{path}(1): is not valid JSON", Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_counts_before_those_of_older_tokenizers()
    {
        TinyVocabulary.Write(folder);
        folder.Write("tokenizer.model", "no model");
        folder.Write("tokenizer.json", "{" + Model + "}");
        Assert.Equal([2, 0], TextTokenizer.Load(folder.FullName).Encode("aba"));
    }

    [Fact]
    public void Each_token_has_its_bytes_and_each_part_what_cut_it_off()
    {
        folder.Write("tokenizer.json", """
            {"added_tokens":[{"id":6,"content":"<x>","special":false,"normalized":false}],
            "normalizer":{"type":"Replace","pattern":{"String":"é"},"content":"aa"},
            "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Metaspace","replacement":"_","prepend_scheme":"always"}]},
            "model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2,"_":3,"_a":4,"?":5},"merges":["a b","_ a"],"unk_token":"?","fuse_unk":true}}
            """);

        ExplainedText text = TextTokenizer.Load(folder.FullName).Explain("ab  éb<x>!!"u8);

        Assert.Equal(
            ["_ 0–0 part 0", "ab 0–2 part 0", "_a 4–6 part 1", "ab 4–7 part 1", "<x> 7–10 part 2", "_ 10–10 part 3", "? 10–12 part 3"],
            text.Tokens.Select(token => $"{token.Piece} {token.Start}–{token.End} part {token.Part}"));
        Assert.Equal(
            [
                "_ab 0–2 start of the text", "_aab 4–7 WhitespaceSplit $.pre_tokenizer.pretokenizers[0]", "<x> 7–10 added token", "_!! 10–12 added token",
            ],
            text.Parts.Select(part => $"{part.Text} {part.Start}–{part.End} {part.CutBy}"));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_read_as_the_replacement_character()
    {
        folder.Write("tokenizer.json", """{"model":{"type":"BPE","vocab":{"a":0,"\uFFFD":1},"merges":[]}}""");
        List<int> ids = [];
        TextTokenizer.Load(folder.FullName).Encode([(byte)'a', 0xE2, 0x82, (byte)'a'], ids);
        Assert.Equal([0, 1, 0], ids);
    }

    [Fact]
    public void A_megabyte_without_a_space_is_one_word()
    {
        folder.Write("tokenizer.json", "{" + Model + "}");
        int[] ids = TextTokenizer.Load(folder.FullName).Encode(string.Concat(Enumerable.Repeat("ab", 500_000)));
        Assert.Equal(Enumerable.Repeat(2, 500_000), ids);
    }

    [Fact]
    public void Lossless_tokenizers_give_texts_back_and_their_spans_cover_them()
    {
        HuggingFace.BuiltTokenizers.All["LLaMA 3"].WriteTo(folder);
        TextTokenizer tokenizer = TextTokenizer.Load(folder.FullName);
        for (int seed = 0; seed < 500; seed++)
        {
            byte[] text = Encoding.UTF8.GetBytes(HuggingFace.ComparedTexts.Create(seed, []));
            ExplainedText explained = tokenizer.Explain(text);
            Assert.Equal(text, tokenizer.DecodeUtf8([.. explained.Tokens.Select(token => token.Id)]));
            Assert.Equal([0, .. explained.Tokens.Select(token => token.End)], [.. explained.Tokens.Select(token => token.Start), text.Length]);
            Assert.Equal([0, .. explained.Parts.Select(part => part.End)], [.. explained.Parts.Select(part => part.Start), text.Length]);
        }
    }
}
