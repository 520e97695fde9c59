using System.Text;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

/// <summary>Damaged specs: whatever the text, the reader answers with a spec or with diagnostics inside the text.</summary>
public sealed class ReaderRobustnessTests
{
    private static readonly string[] Extremes =
    [
        "0", "-1", "1", "2", "3", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "1e308", "1e309", "-0.0", "1e-400",
        ".nan", "-.inf", "007", "0x10", "''", "~", "{}", "[]", "\"\\U7FFFFFFF\"", "&a", "*a", "!<", "!!", "%", "@", "`", "|", ">-", "? ",
    ];

    private static readonly string[] Fragments =
    [
        "\0", "\t", "\r", "\u0085", "\u2028", "\uFEFF", "\uD800", "😀", "---\n", "...\n", "%YAML 9.9\n", "%TAG ! tag:x,2000:\n", "<<: *a\n",
        "\"", "'", "{", "}", "[", "]", ":", ": ", "#", "- ", ", ", "\n\n", "\\x", "\"\\uDC00\"", "!a!b ", "&[ ", "* ",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_damaged_spec_gives_a_spec_or_diagnostics_inside_the_text(int seed)
    {
        var random = new Random(seed);
        string[] originals = Originals();
        for (int round = 0; round < 500; round++)
        {
            string text = originals[random.Next(originals.Length)];
            for (int damage = random.Next(1, 4); damage > 0; damage--)
                text = Damage(text, random);
            CheckResult(text);
        }
    }

    [Fact]
    public void Every_beginning_of_a_spec_gives_diagnostics_inside_the_text()
    {
        string text = Originals()[0];
        for (int length = 0; length < text.Length; length++)
            CheckResult(text[..length]);
    }

    // Each is refused after a bounded amount of work: by its length, or at the first event beyond a bound.
    [Theory]
    [InlineData("[", 1_000_000, "TINT0008")]
    [InlineData("{a: ", 250_000, "TINT0008")]
    [InlineData("- ", 500_000, "TINT0008")]
    [InlineData("? ", 500_000, "TINT0008")]
    [InlineData("a: 1\n", 200_000, "TINT0021")]
    [InlineData("[], ", 250_000, "TINT0001")]
    [InlineData("x", 1_000_000, "TINT0010")]
    [InlineData("#\n", 500_000, "TINT0003")]
    [InlineData("\n", 1_000_000, "TINT0003")]
    [InlineData("[", 100_000_000, "TINT0009")]
    public void A_bomb_is_refused(string fragment, int count, string id)
    {
        string text = fragment.Length == 1 ? new string(fragment[0], count) : new StringBuilder().Insert(0, fragment, count).ToString();

        SpecReadResult result = SpecReader.Read(text);

        Assert.Null(result.Spec);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Id == id);
    }

    [Fact]
    public void Aliases_that_would_multiply_are_not_followed()
    {
        string text = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nmodel: *c\n";

        SpecReadResult result = SpecReader.Read(text);

        Assert.Equal(8, result.Diagnostics.Count(diagnostic => diagnostic.Descriptor == SyntaxDiagnostics.AnchorOrAlias));
    }

    private static string[] Originals() =>
        [.. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];

    private static void CheckResult(string text)
    {
        SpecReadResult result = SpecReader.Read(text);

        Assert.Equal(result.Spec is null, result.Diagnostics.Count > 0);
        int previous = 0;
        foreach (SpecDiagnostic diagnostic in result.Diagnostics)
        {
            Assert.InRange(diagnostic.Span.Start.Offset, previous, text.Length);
            Assert.InRange(diagnostic.Span.End.Offset, diagnostic.Span.Start.Offset, text.Length);
            Assert.DoesNotContain(diagnostic.Message, character => char.IsControl(character));
            Assert.Equal(3, DiagnosticText.WithExcerpt("x", text, diagnostic).Split('\n').Length);
            previous = diagnostic.Span.Start.Offset;
        }
    }

    private static string Damage(string text, Random random)
    {
        int place = random.Next(text.Length + 1);
        List<string> lines = [.. text.Split('\n')];
        int line = random.Next(lines.Count);
        switch (random.Next(7))
        {
            case 0:
                return text[..place] + Fragments[random.Next(Fragments.Length)] + text[place..];
            case 1:
                return text[..place] + (char)random.Next(1 << 16) + text[Math.Min(place + 1, text.Length)..];
            case 2:
                lines.RemoveAt(line);
                break;
            case 3:
                lines.Insert(random.Next(lines.Count), lines[line]);
                break;
            case 4:
                lines[line] = "  " + lines[line];
                break;
            default:
                int colon = lines[line].IndexOf(':', StringComparison.Ordinal);
                lines[line] = $"{lines[line][..(colon + 1)]} {Extremes[random.Next(Extremes.Length)]}";
                break;
        }

        return string.Join('\n', lines);
    }
}
