using System.Text;

namespace TinT.Evaluation.Tests;

/// <summary>Texts of all kinds of characters, the same for the same seed.</summary>
internal static class RandomText
{
    private static readonly string[] Pieces =
        ["'s", "'re", "'LL", "''", "  ", " ", "\n", "\r\n", " the", "hello", "aaaa", "2024", "é", "e\u0301", "你好", "𝒜𝟘", "👩‍👩‍👧", "🇫🇷", "\u0085", "\uFEFF"];

    public static string Create(int seed)
    {
        Random random = new(seed);
        StringBuilder text = new();
        for (int i = random.Next(1, 40); i > 0; i--)
        {
            if (random.Next(2) == 0)
                text.Append(Pieces[random.Next(Pieces.Length)]);
            else
                text.Append(RandomRune(random));
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
