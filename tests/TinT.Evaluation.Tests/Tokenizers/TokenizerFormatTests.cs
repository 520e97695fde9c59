using System.Text.Json.Nodes;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tests.Tokenizers;

public sealed class TokenizerFormatTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_directory_without_a_tokenizer_is_named()
    {
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName));
        Assert.Equal(
            $"{folder.FullName}: holds no tokenizer: no tokenizer.json, no vocab.json with merges.txt, and no tokenizer.model. Name the directory that has one.", exception.Message);
    }

    [Theory]
    [InlineData("vocab.json", "merges.txt")]
    [InlineData("merges.txt", "vocab.json")]
    public void A_missing_file_is_named(string there, string missing)
    {
        folder.Write(there, there == "vocab.json" ? TinyVocabulary.Vocabulary : "l l\n");
        Expect(missing, null, "is missing; download it again with the rest of its directory.");
    }

    [Theory]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    public void A_pointer_left_by_Git_LFS_is_recognised(string name)
    {
        TinyVocabulary.Write(folder);
        folder.Write(name, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        Expect(name, null, "this is a Git LFS pointer, not the file itself; run 'git lfs pull'.");
    }

    [Theory]
    [InlineData("", 1, "is not valid JSON at byte 0 of the line.")]
    [InlineData("{\"a\": 0,\n\"b\" 1}", 2, "is not valid JSON at byte 4 of the line.")]
    [InlineData("{\"a\": 0", 1, "is not valid JSON at byte 7 of the line.")]
    [InlineData("{\"a\": 0} {", 1, "is not valid JSON at byte 9 of the line.")]
    [InlineData("[1]", 1, "must be one JSON object of tokens and ids, not an array.")]
    [InlineData("\n\"a\"", 2, "must be one JSON object of tokens and ids, not a string.")]
    [InlineData("{\"a\": \"0\"}", 1, "the id of token \"a\" must be a whole number from 0, not a string.")]
    [InlineData("{\"a\": 1.5}", 1, "the id of token \"a\" must be a whole number from 0, not 1.5.")]
    [InlineData("{\"a\": -1}", 1, "the id of token \"a\" must be a whole number from 0, not -1.")]
    [InlineData("{\"a\": 99999999999}", 1, "the id of token \"a\" must be a whole number from 0, not 99999999999.")]
    [InlineData("{\"a\": {\"b\": 1}}", 1, "the id of token \"a\" must be a whole number from 0, not an object.")]
    [InlineData("{\"a\": 0,\n \"b\": 1,\n \"a\": 2}", 3, "token \"a\" is there twice, with ids 0 and 2.")]
    [InlineData("{\"a\": 0,\n \"b\": 0}", 2, "id 0 is given to both \"a\" and \"b\".")]
    [InlineData("{\"\\ud800\": 0}", 1, "a token has invalid UTF-8 or a \\u escape of half a surrogate pair.")]
    [InlineData("{\"a\": 0, \"b\": 2}", null, "no token has id 1, though ids go up to 2. Ids must be 0 … count − 1.")]
    [InlineData("{\"a\": 0}", null, "byte 0x00 has no token; \"Ā\" must be in a byte-level vocabulary.")]
    public void A_malformed_vocabulary_is_refused_at_its_line(string vocabulary, int? line, string problem)
    {
        TinyVocabulary.Write(folder, vocabulary);
        Expect("vocab.json", line, problem);
    }

    [Fact]
    public void Invalid_UTF8_in_the_vocabulary_is_refused_at_its_line()
    {
        TinyVocabulary.Write(folder);
        folder.Write("vocab.json", [.. "{\"a\": 0,\n\""u8, 0xFF, .. "\": 1}"u8]);
        Expect("vocab.json", 2, "a token has invalid UTF-8 or a \\u escape of half a surrogate pair.");
    }

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        TinyVocabulary.Write(folder, vocabulary: "\uFEFF" + TinyVocabulary.Vocabulary, merges: "\uFEFF#version: 0.2\nl l\n");
        Assert.Equal([TinyVocabulary.FirstMerge + 1], TextTokenizer.Load(folder.FullName).Encode("ll"));
    }

    [Fact]
    public void A_byte_without_token_is_named()
    {
        JsonObject vocabulary = JsonNode.Parse(TinyVocabulary.Vocabulary)!.AsObject();
        vocabulary.Remove("A");
        vocabulary["new"] = TinyVocabulary.FirstByte + 'A';
        TinyVocabulary.Write(folder, vocabulary.ToJsonString());
        Expect("vocab.json", null, "byte 0x41 has no token; \"A\" must be in a byte-level vocabulary.");
    }

    [Fact]
    public void An_id_beyond_the_models_vocabulary_is_refused()
    {
        TinyVocabulary.Write(folder);
        TokenizerOptions options = new() { ModelVocabularySize = 269 };
        Expect("vocab.json", null, "token \"heh\" has id 269, but the model's vocabulary has 269 ids. The tokenizer belongs to another model.", options);
        Assert.Equal(270, TextTokenizer.Load(folder.FullName, options with { ModelVocabularySize = 300 }).VocabularySize);
    }

    [Fact]
    public void A_token_to_start_texts_that_is_not_in_the_vocabulary_is_refused()
    {
        TinyVocabulary.Write(folder);
        Expect(
            "tokenizer_config.json", null, "the token that is to start texts is \"<bos>\", which the vocabulary does not have; name one of its tokens.",
            new TokenizerOptions { UsualStartToken = "<bos>" });
    }

    [Theory]
    [InlineData("#version: 0.2\nl l\nhe\n", 3, "a merge has two parts with a space between, not \"he\".")]
    [InlineData("l l\n\nh e\n", 2, "a merge has two parts with a space between, not \"\".")]
    [InlineData("h e l\n", 1, "a merge has two parts with a space between, not \"h e l\".")]
    [InlineData("h \n", 1, "a merge has two parts with a space between, not \"h \".")]
    [InlineData("l l\nh x\n", 2, "result \"hx\" of merge \"h x\" is not in vocab.json. The two files belong to different tokenizers.")]
    [InlineData("zz l\n", 1, "part \"zz\" of merge \"zz l\" is not in vocab.json. The two files belong to different tokenizers.")]
    public void Malformed_merges_are_refused_at_their_line(string merges, int line, string problem)
    {
        TinyVocabulary.Write(folder, merges: merges);
        Expect("merges.txt", line, problem);
    }

    [Fact]
    public void Invalid_UTF8_in_the_merges_is_refused_at_its_line()
    {
        TinyVocabulary.Write(folder);
        folder.Write("merges.txt", [.. "l l\nh "u8, 0xC3, .. " e\n"u8]);
        Expect("merges.txt", 2, "is not valid UTF-8.");
    }

    [Fact]
    public void Every_truncation_of_a_vocabulary_is_refused_with_its_name()
    {
        string vocabulary = TinyVocabulary.Vocabulary;
        for (int length = 0; length < vocabulary.Length; length += 7)
        {
            TinyVocabulary.Write(folder, vocabulary[..length]);
            TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName));
            Assert.EndsWith("vocab.json", exception.File, StringComparison.Ordinal);
            Assert.Equal(1, exception.Line);
        }
    }

    private void Expect(string file, int? line, string problem, TokenizerOptions? options = null)
    {
        TokenizerFormatException exception = Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName, options));
        string path = Path.Combine(folder.FullName, file);
        Assert.Equal(line is null ? $"{path}: {problem}" : $"{path}({line}): {problem}", exception.Message);
        Assert.Equal(path, exception.File);
        Assert.Equal(line, exception.Line);
    }
}
