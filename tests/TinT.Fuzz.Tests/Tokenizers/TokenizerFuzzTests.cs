using System.Text;
using System.Text.Json;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Fuzz.Tests.Fuzzing;

namespace TinT.Fuzz.Tests.Tokenizers;

/// <summary>Tokenizer files with random faults are read or refused with the one exception that says what is wrong; what is read is lossless.</summary>
public sealed class TokenizerFuzzTests : IDisposable
{
    private static readonly string[] merges = ["h e", "l l", "he ll", "Ġ w", "r l", "he h"];
    private static readonly string[] specials = ["<s>", "<pad>", "</s>", "<|endoftext|>"];
    private static readonly byte[] vocabulary = JsonSerializer.SerializeToUtf8Bytes(
        specials.Concat(Enumerable.Range(0, 256).Select(Spell)).Concat(merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)))
            .Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id));

    private static readonly string[] lines = [.. merges, "", " ", "\r", "#version: 0.2", "h", "h  e", "zz l", "h x", " he", "é l", "\u0085", "\uFEFFh e"];

    private static readonly string[] flags =
        ["", ",\"lstrip\":true", ",\"rstrip\":true", ",\"single_word\":true", ",\"lstrip\":true,\"rstrip\":true", ",\"lstrip\":1"];
    private static readonly string[] contents =
        ["<s>", "</s>", "<m>", "<|endoftext|>", " ", "he", "\\n", "é", "<", "<s>", "</s>", "<m>", "<pad>", "<m> ", "", "\\ud800"];
    private static readonly string[] ids = ["300", "0", "261", "301", "299", "2", "1", "305", "1000000", "400", "-1", "2147483647", "x", "1.5"];
    private static readonly string[] pieces = ["he", "hello", " w", "<s>", "</s>", "<m>", "<|endoftext|>", " ", "\n", "\u00A0", "é", "你", "😀", "'s", "12"];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damaged_files_are_read_or_refused_with_the_typed_exception() => FuzzRun.ForBothKinds(6_000, 1, BuildFiles, CheckFiles, Show);

    [Fact]
    public void Any_text_is_encoded_and_comes_back()
    {
        TextTokenizer plain = Load(new() { ["vocab.json"] = vocabulary, ["merges.txt"] = Encoding.UTF8.GetBytes(string.Join('\n', merges)) }, special: false);
        TextTokenizer special = Load(new(), special: true);
        FuzzRun.ForAll(40_000, 1, BuildText, text => CheckText(text, plain, special), text => string.Concat(text.Select(unit => $"\\u{(int)unit:x4}")));
    }

    private static void CheckText(string text, TextTokenizer plain, TextTokenizer special)
    {
        string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        foreach (TextTokenizer tokenizer in (TextTokenizer[])[plain, special])
        {
            int[] encoded = tokenizer.Encode(text);
            Assert.Equal(expected, tokenizer.Decode(encoded));
            Assert.All(encoded, id => Assert.InRange(id, 0, tokenizer.VocabularySize - 1));
            Assert.Equal(encoded, tokenizer.Encode(text));
        }

        Assert.DoesNotContain(plain.Encode(text), id => id < specials.Length);
        Assert.Equal(expected.Split("<|endoftext|>").Length - 1, special.Encode(text).Count(id => id == 3));
    }

    private bool CheckFiles(Dictionary<string, byte[]> files)
    {
        try
        {
            TextTokenizer tokenizer = Load(files, special: true);
            Use(tokenizer);
            return true;
        }
        catch (TokenizerFormatException exception)
        {
            Assert.StartsWith(folder.FullName, exception.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private TextTokenizer Load(Dictionary<string, byte[]> files, bool special)
    {
        foreach ((string name, byte[] bytes) in files)
            folder.Write(name, bytes);
        return TextTokenizer.Load(folder.FullName, new TokenizerOptions { ReadSpecialTokens = special });
    }

    /// <summary>Encodes and decodes; the ids of a text that is explained are its ids.</summary>
    internal static void Use(TextTokenizer tokenizer)
    {
        foreach (string text in (string[])["hello <s> world</s>", " <m>  <m>é😀 12 a"])
        {
            int[] encoded = tokenizer.Encode(text);
            Assert.Equal(encoded, tokenizer.Explain(Encoding.UTF8.GetBytes(text)).Tokens.Select(token => token.Id));
            tokenizer.Decode(encoded);
        }
    }

    private static string BuildText(Choices choices)
    {
        StringBuilder text = new();
        for (int count = choices.Between(1, 20); count > 0; count--)
            text.Append(choices.Once(3) ? choices.Text(4) : choices.Of(pieces));
        return text.ToString();
    }

    private static Dictionary<string, byte[]> BuildFiles(Choices choices)
    {
        string[] written = [.. Enumerable.Range(0, choices.Between(0, 8)).Select(_ => choices.Once(30) ? choices.Of(lines) : choices.Of(merges))];
        Dictionary<string, byte[]> files = new()
        {
            ["vocab.json"] = vocabulary,
            ["merges.txt"] = Encoding.UTF8.GetBytes(string.Join(choices.Of("\n", "\r\n"), written) + choices.Of("\n", "", "\n\n")),
            ["tokenizer_config.json"] = Encoding.UTF8.GetBytes(Configuration(choices)),
            ["special_tokens_map.json"] = Encoding.UTF8.GetBytes($"{{\"bos_token\":{Token(choices)},\"additional_special_tokens\":[{Token(choices)}]}}"),
            ["added_tokens.json"] = Encoding.UTF8.GetBytes($"{{\"{choices.Of(contents)}\":{choices.Of(ids)}}}"),
        };
        if (choices.Once(3))
        {
            string damaged = choices.Of([.. files.Keys]);
            files[damaged] = Damage.Apply(files[damaged], choices);
        }

        return files;
    }

    private static string Configuration(Choices choices) => choices.Below(2) == 0
        ? $"{{\"eos_token\":{Token(choices)},\"extra_special_tokens\":{{\"a\":{Token(choices)}}}}}"
        : $"{{\"added_tokens_decoder\":{{\"{choices.Of(ids)}\":{Token(choices)},\"302\":{Token(choices)}}}}}";

    private static string Token(Choices choices) => choices.Below(3) switch
    {
        0 => $"{{\"content\":\"{choices.Of(contents)}\"{choices.Of(flags)}}}",
        1 => $"\"{choices.Of(contents)}\"",
        _ => choices.Once(4) ? choices.Of("null", "1", "[]") : "{\"content\":\"<m>\"}",
    };

    /// <summary>GPT-2's spelling of a byte.</summary>
    private static string Spell(int value)
    {
        static bool IsPrintable(int candidate) => candidate is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174;
        int spelled = IsPrintable(value) ? value : 256 + Enumerable.Range(0, value).Count(candidate => !IsPrintable(candidate));
        return ((char)spelled).ToString();
    }

    private static string Show(Dictionary<string, byte[]> files) =>
        string.Join('\n', files.Where(file => file.Value != vocabulary).Select(file => $"{file.Key}: {Encoding.Latin1.GetString(file.Value)}"));
}
