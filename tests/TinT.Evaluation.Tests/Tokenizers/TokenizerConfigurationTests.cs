using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>Which tokens are around texts: the tokenizer's own template, changed by what lies beside it.</summary>
public sealed class TokenizerConfigurationTests : IDisposable
{
    private const string Configuration = "tokenizer_config.json";
    private const string Map = "special_tokens_map.json";
    private const string Names = "\"bos_token\":\"<s>\",\"eos_token\":\"</s>\"";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{}", "", "")]
    [InlineData("{\"add_bos_token\":true," + Names + "}", "0", "")]
    [InlineData("{\"add_bos_token\":true,\"add_eos_token\":true," + Names + "}", "0", "2")]
    [InlineData("{\"add_bos_token\":false,\"add_eos_token\":true," + Names + "}", "", "2")]
    [InlineData("{\"add_bos_token\":true,\"bos_token\":{\"__type\":\"AddedToken\",\"content\":\"</s>\",\"lstrip\":false}}", "2", "")]
    [InlineData("{\"add_bos_token\":null,\"bos_token\":null}", "", "")]
    public void The_configuration_decides(string configuration, string start, string end)
    {
        TinyVocabulary.Write(folder);
        folder.Write(Configuration, configuration);
        Expect(start, end);
    }

    [Fact]
    public void Tokens_that_it_does_not_name_are_those_of_the_map()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Configuration, """{"add_bos_token":true}""");
        folder.Write(Map, """{"bos_token":{"content":"<s>"}}""");
        Expect("0", "");
    }

    [Fact]
    public void Where_nothing_is_said_the_kind_of_model_does()
    {
        TinyVocabulary.Write(folder);
        folder.Write("config.json", """{"model_type":"opt"}""");
        Expect("2", "");
        folder.Write(Configuration, """{"add_bos_token":false,"bos_token":"</s>"}""");
        Expect("", "");
    }

    [Theory]
    [InlineData("{}", "1 0", "2")]
    [InlineData("{\"add_bos_token\":false,\"add_eos_token\":false," + Names + "}", "1", "")]
    [InlineData("{\"add_bos_token\":true,\"add_eos_token\":true," + Names + "}", "0 1", "2")]
    [InlineData("{\"add_bos_token\":true,\"bos_token\":\"</s>\"}", "2 1 0", "2")]
    public void The_template_of_the_tokenizer_counts_for_the_rest(string configuration, string start, string end)
    {
        folder.Write("tokenizer.json", """
            {"model":{"type":"BPE","vocab":{"<s>":0,"<pad>":1,"</s>":2,"a":3},"merges":[]},"post_processor":{"type":"TemplateProcessing",
            "single":[{"SpecialToken":{"id":"x","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"y","type_id":0}}],
            "special_tokens":{"x":{"id":"x","ids":[1,0]},"y":{"id":"y","ids":[2]}}}}
            """);
        folder.Write(Configuration, configuration);
        Expect(start, end);
    }

    [Theory]
    [InlineData("{\"add_bos_token\":true}", "asks for bos_token with each text, but names none; add \"bos_token\".")]
    [InlineData("{\"add_eos_token\":true,\"eos_token\":\"<x>\"}", "eos_token is \"<x>\", which the vocabulary does not have; name one of its tokens.")]
    [InlineData("{\"add_eos_token\":1}", "$.add_eos_token: must be true or false, not 1.")]
    public void Contradictions_are_named(string configuration, string problem)
    {
        TinyVocabulary.Write(folder);
        folder.Write(Configuration, configuration);
        Assert.Equal(
            $"{Path.Combine(folder.FullName, Configuration)}: {problem}", Assert.Throws<TokenizerFormatException>(() => TextTokenizer.Load(folder.FullName)).Message);
    }

    [Fact]
    public void A_space_is_put_before_texts_where_it_says_so()
    {
        TinyVocabulary.Write(folder);
        folder.Write(Configuration, """{"add_prefix_space":true}""");
        Assert.Equal([TinyVocabulary.FirstMerge + 8], TextTokenizer.Load(folder.FullName).Encode("world"));
    }

    private void Expect(string start, string end)
    {
        TextTokenizer tokenizer = TextTokenizer.Load(folder.FullName);
        Assert.Equal((start, end), (string.Join(' ', tokenizer.StartIds), string.Join(' ', tokenizer.EndIds)));
    }
}
