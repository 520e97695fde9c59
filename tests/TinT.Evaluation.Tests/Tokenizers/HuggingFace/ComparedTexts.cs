using System.Globalization;
using System.Text;

namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>Texts in many scripts, code, emoji, white space and random code points, the same for the same seed.</summary>
internal static class ComparedTexts
{
    private const string CountVariable = "TINT_TOKENIZER_TEXTS";
    private const int UsualCount = 300;

    private static readonly string[] pieces =
    [
        "'s", "'re", "'LL", "'ſ", "''", "  ", " ", "\n", "\r\n", "\t", " the", "hello", "aaaa", "2024", "é", "e\u0301", "你好", "𝒜𝟘", "👩‍👩‍👧", "🇫🇷", "\u0085", "\uFEFF", " don't", "I'VE",
        "def f(x):\n    return x\n", "{\"a\": [1, 2.5]}", "//", "/*", "<b>", "\n\n\n", " \n ", "한국어", "각", "العربية", "हिन्दी", "ไทย", "русский", "Ελληνικά", "日本語テキスト", "ﬁ", "ＡＢＣ", "㎏", "½", "①", "Ⓐ",
        "𝐇𝐞𝐥𝐥𝐨", "\u00A0", "\u3000", "\u200B", "\u200D", "…", "。", "、", "！", "😀", "🤖", "Ⅻ", "²", "1234567", "3.14", " x", "\0", "<s>", "</s>", "<|endoftext|>", "<unk>", "<0x41>", "▁", "▁▁", "Ġ", "ſ", "K", "İ",
        "ẞ", "Å", "\u1E9B\u0323", "a1!Z'", "a a", "the the", "<a><b>", "<A>", "<B>", "_", "Tiếng Việt", "Zażółć gęślą jaźń", "Ünïcödé", "int main() { return 0; } // ok", "https://example.org/?q=1&r=%20",
    ];

    /// <summary>How many texts each tokenizer is tried on.</summary>
    public static int Count { get; } = Environment.GetEnvironmentVariable(CountVariable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : UsualCount;

    /// <summary>A text.</summary>
    /// <param name="seed">Chooses it.</param>
    /// <param name="tokens">Spellings of added tokens, of which it may have some.</param>
    public static string Create(int seed, IReadOnlyList<string> tokens)
    {
        Random random = new(seed);
        StringBuilder text = new();
        for (int count = random.Next(40); count > 0; count--)
        {
            switch (random.Next(12))
            {
                case 0 when tokens.Count > 0:
                    text.Append(tokens[random.Next(tokens.Count)]);
                    break;
                case <= 6:
                    text.Append(pieces[random.Next(pieces.Length)]);
                    break;
                case 7:
                    text.Append((char)random.Next(' ', 0x7F));
                    break;
                default:
                    text.Append(RandomRune(random));
                    break;
            }
        }

        return text.ToString();
    }

    private static Rune RandomRune(Random random)
    {
        int limit = random.Next(4) switch { 0 => 0x80, 1 => 0x800, 2 => 0x10000, _ => 0x110000 };
        while (true)
        {
            if (Rune.TryCreate(random.Next(limit), out Rune rune))
                return rune;
        }
    }
}
