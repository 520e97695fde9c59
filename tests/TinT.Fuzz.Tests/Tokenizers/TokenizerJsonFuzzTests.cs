using System.Text;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Fuzz.Tests.Fuzzing;

namespace TinT.Fuzz.Tests.Tokenizers;

/// <summary><c>tokenizer.json</c> of all rows with random faults is read or refused with the one exception that says what is wrong.</summary>
public sealed class TokenizerJsonFuzzTests : IDisposable
{
    private static readonly string[] values =
        ["true", "false", "null", "0", "1", "-1", "1e9", "4294967296", "\"\"", "\"a\"", "\"▁\"", "\"é😀\"", "[]", "{}", "[[]]", "\"\\ud800\""];
    private static readonly string[] texts = ["", "a", " ", "he", "▁", "<s>", "<m>", "é", "😀", "\\n"];

    private static readonly string[] regexes =
    [
        "\\\\p{L}+", " ?[^\\\\s\\\\p{L}]+", "\\\\d{1,3}", "(?i:'s|'t)", "[[a-c]x]+?", "(?<=a)b", "x*", "a++", "^a$", "(", "[", "*", "\\\\", "(?x:a)", "\\\\p{Han}", "(a|b)*c", "a{2,1}", "[z-a]", ".", "(?:a*)*b", "\\\\x{FFFFFF}",
    ];

    private static readonly string[] behaviors = ["Isolated", "Removed", "MergedWithNext", "MergedWithPrevious", "Contiguous", "Kept"];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damaged_files_are_read_or_refused_with_the_typed_exception() => FuzzRun.ForBothKinds(8_000, 1, Build, Check, Encoding.UTF8.GetString);

    private bool Check(byte[] file)
    {
        folder.Write("tokenizer.json", file);
        try
        {
            TokenizerFuzzTests.Use(TextTokenizer.Load(folder.FullName, new TokenizerOptions { ReadSpecialTokens = true }));
            return true;
        }
        catch (TokenizerFormatException exception)
        {
            Assert.StartsWith(folder.FullName, exception.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static byte[] Build(Choices choices)
    {
        byte[] file = Encoding.UTF8.GetBytes($$"""
            {"version":"1.0","added_tokens":[{{Added(choices)}}],"normalizer":{{Normalizer(choices, 3)}},"pre_tokenizer":{{PreTokenizer(choices, 3)}},
            "post_processor":{{Processor(choices)}},"decoder":{{Decoder(choices, 3)}},"model":{{Model(choices)}}}
            """);
        return choices.Once(5) ? Damage.Apply(file, choices) : file;
    }

    private static string Added(Choices choices) => choices.Below(3) == 0
        ? ""
        : $"{{\"id\":{(choices.Once(8) ? choices.Of(values) : "8")},\"content\":\"<m>\",\"lstrip\":{Flag(choices)},\"rstrip\":{Flag(choices)},\"single_word\":{Flag(choices)},\"normalized\":{Flag(choices)},\"special\":{Flag(choices)}}}";

    private static string Model(Choices choices) => choices.Below(4) == 1
        ? $"{{\"type\":\"Unigram\",\"unk_id\":{(choices.Once(8) ? choices.Of(values) : "0")},\"byte_fallback\":{Flag(choices)},\"vocab\":[[\"<unk>\",0],[\"{choices.Of("h", "he", "é", "", "<unk>")}\",-1.5],[\"a\",{(choices.Once(10) ? choices.Of(values) : "-2")}],[\"1\",-1],[\"e\",-3],[\"l\",-1],[\"o\",-1],[\" \",-1]]}}"
        : $"{{\"type\":\"BPE\",\"unk_token\":{choices.Of("null", "\"?\"", "\"!\"")},\"fuse_unk\":{Flag(choices)},\"byte_fallback\":{Flag(choices)},\"ignore_merges\":{Flag(choices)},"
            + $"\"vocab\":{{\"h\":0,\"e\":1,\"he\":2,\"l\":3,\"{choices.Of("ll", "▁", "l", "")}\":{(choices.Once(10) ? choices.Of(values) : "4")},\"?\":5,\"<0xC3>\":6,\"Ġ\":7}},\"merges\":[{choices.Of("\"h e\"", "[\"h\",\"e\"]", "", "\"h\"", "\"h x\"", "\"#version: 0.2\",\"h e\"")}]}}";

    private static string Normalizer(Choices choices, int depth) => choices.Below(depth > 0 ? 11 : 10) switch
    {
        0 => "null",
        1 => "{\"type\":\"NFC\"}",
        2 => "{\"type\":\"NFKD\"}",
        3 => "{\"type\":\"Lowercase\"}",
        4 => $"{{\"type\":\"Strip\",\"strip_left\":{Flag(choices)},\"strip_right\":{Flag(choices)}}}",
        5 => $"{{\"type\":\"Prepend\",\"prepend\":\"{choices.Of(texts)}\"}}",
        6 => $"{{\"type\":\"Replace\",\"pattern\":{Pattern(choices)},\"content\":\"{choices.Of(texts)}\"}}",
        7 => $"{{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"{choices.Of("BAAAAAAAAABhAA==", "", "AAAA", "/////w==", "!")}\"}}",
        8 => "{\"type\":\"StripAccents\"}",
        9 => choices.Once(3) ? choices.Of(values) : "{\"type\":\"NFD\"}",
        _ => $"{{\"type\":\"Sequence\",\"normalizers\":[{Normalizer(choices, depth - 1)}{(choices.Below(2) == 0 ? "" : $",{Normalizer(choices, depth - 1)}")}]}}".Replace("[null", "[{\"type\":\"NFC\"}", StringComparison.Ordinal),
    };

    private static string PreTokenizer(Choices choices, int depth) => choices.Below(depth > 0 ? 9 : 8) switch
    {
        0 => "null",
        1 => $"{{\"type\":\"ByteLevel\",\"add_prefix_space\":{Flag(choices)},\"use_regex\":{Flag(choices)}}}",
        2 => $"{{\"type\":\"Split\",\"pattern\":{Pattern(choices)},\"behavior\":\"{choices.Of(behaviors)}\",\"invert\":{Flag(choices)}}}",
        3 => $"{{\"type\":\"Digits\",\"individual_digits\":{Flag(choices)}}}",
        4 => $"{{\"type\":\"Metaspace\",\"replacement\":\"{choices.Of("▁", "_", "", "ab", "😀")}\",\"prepend_scheme\":\"{choices.Of("always", "first", "never", "x")}\",\"split\":{Flag(choices)}}}",
        5 => $"{{\"type\":\"{choices.Of("Whitespace", "WhitespaceSplit")}\"}}",
        6 => $"{{\"type\":\"Punctuation\",\"behavior\":\"{choices.Of(behaviors)}\"}}",
        7 => choices.Once(3) ? choices.Of(values) : "null",
        _ => $"{{\"type\":\"Sequence\",\"pretokenizers\":[{PreTokenizer(choices, depth - 1)},{PreTokenizer(choices, depth - 1)}]}}".Replace(
            "null", "{\"type\":\"Whitespace\"}", StringComparison.Ordinal),
    };

    private static string Processor(Choices choices) => choices.Below(5) switch
    {
        0 => "null",
        1 => "{\"type\":\"ByteLevel\"}",
        2 => $"{{\"type\":\"RobertaProcessing\",\"sep\":[\"a\",{(choices.Once(4) ? choices.Of(values) : "1")}],\"cls\":[\"b\",2]}}",
        3 => $"{{\"type\":\"TemplateProcessing\",\"single\":[{{\"SpecialToken\":{{\"id\":\"{choices.Of("x", "y")}\"}}}},{{\"Sequence\":{{\"id\":\"{choices.Of("A", "B")}\"}}}}],\"special_tokens\":{{\"x\":{{\"ids\":[{choices.Of("1", "1,2", "\"a\"", "-1")}]}}}}}}",
        _ => "{\"type\":\"Sequence\",\"processors\":[{\"type\":\"ByteLevel\"}]}",
    };

    private static string Decoder(Choices choices, int depth) => choices.Below(depth > 0 ? 7 : 6) switch
    {
        0 => "null",
        1 => "{\"type\":\"ByteLevel\"}",
        2 => "{\"type\":\"ByteFallback\"}",
        3 => $"{{\"type\":\"Replace\",\"pattern\":{Pattern(choices)},\"content\":\"{choices.Of(texts)}\"}}",
        4 => $"{{\"type\":\"Strip\",\"content\":\"{choices.Of("h", " ", "", "😀")}\",\"start\":{choices.Of("1", "0", "9", "-1")},\"stop\":{choices.Of("0", "1", "9")}}}",
        5 => "{\"type\":\"Metaspace\",\"replacement\":\"▁\"}",
        _ => $"{{\"type\":\"Sequence\",\"decoders\":[{Decoder(choices, depth - 1)},{{\"type\":\"Fuse\"}}]}}".Replace(
            "[null", "[{\"type\":\"Fuse\"}", StringComparison.Ordinal),
    };

    private static string Pattern(Choices choices) =>
        choices.Below(2) == 0
            ? $"{{\"String\":\"{choices.Of(texts)}\"}}"
            : $"{{\"Regex\":\"{(choices.Once(6) ? string.Concat(choices.Of(regexes), choices.Of(regexes)) : choices.Of(regexes))}\"}}";

    private static string Flag(Choices choices) => choices.Once(20) ? choices.Of(values) : choices.Of("false", "true");
}
