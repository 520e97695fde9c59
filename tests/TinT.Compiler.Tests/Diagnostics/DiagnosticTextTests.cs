using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Reading;

namespace TinT.Compiler.Tests.Diagnostics;

public sealed class DiagnosticTextTests
{
    private static readonly DiagnosticDescriptor Descriptor = new("TINT0000", "Test", "Something is {0}. Mend it.");

    [Fact]
    public void The_headline_is_in_the_form_that_build_tools_recognise()
    {
        SpecDiagnostic diagnostic = At("a: 1\nb: 2", 8, 9);

        Assert.Equal("specs/x.tint.yaml(2,4): error TINT0000: Something is wrong. Mend it.", DiagnosticText.Headline("specs/x.tint.yaml", diagnostic));
    }

    [Theory]
    [InlineData("a: 1\nb: 22", 8, 10, "    2 | b: 22", "      |    ^^")]
    [InlineData("a: 1\r\nb: 22\r\n", 9, 11, "    2 | b: 22", "      |    ^^")]
    [InlineData("\uFEFFa: 1", 4, 5, "    1 | a: 1", "      |    ^")]
    [InlineData("a:\t1\u001b[31m", 3, 4, "    1 | a: 1\uFFFD[31m", "      |    ^")]
    [InlineData("a: 1\n", 5, 5, "    2 | ", "      | ^")]
    [InlineData("a: one\n  two\n", 3, 12, "    1 | a: one", "      |    ^^^")]
    [InlineData("größe: 1", 7, 8, "    1 | größe: 1", "      |        ^")]
    public void The_caret_is_under_what_is_meant(string text, int start, int end, string line, string carets)
    {
        string[] lines = DiagnosticText.WithExcerpt("x", text, At(text, start, end)).Split('\n');

        Assert.Equal([line, carets], lines[1..]);
    }

    [Fact]
    public void Of_a_long_line_only_the_surroundings_are_shown()
    {
        string text = new string('a', 500) + "!" + new string('b', 500);

        string[] lines = DiagnosticText.WithExcerpt("x", text, At(text, 500, 501)).Split('\n');

        Assert.Equal($"    1 | …{new string('a', 40)}!{new string('b', 59)}…", lines[1]);
        Assert.Equal($"      | {new string(' ', 41)}^", lines[2]);
    }

    [Fact]
    public void A_cut_never_splits_a_character_in_two()
    {
        string text = string.Concat(Enumerable.Repeat("😀", 300));

        // Both the first and the last character of the window would be half an emoji.
        string excerpt = DiagnosticText.WithExcerpt("x", text, At(text, 301, 302)).Split('\n')[1];

        Assert.Equal($"    1 | …{string.Concat(Enumerable.Repeat("😀", 49))}…", excerpt);
    }

    [Fact]
    public void A_value_in_a_message_is_shortened_and_escaped()
    {
        SpecDiagnostic diagnostic = SpecReader.Read("model: \"\\e[31m" + new string('x', 100) + "\"\n").Diagnostics
            .Single(found => found.Descriptor == SyntaxDiagnostics.InvalidModelName);

        Assert.StartsWith($"The model name '\\u001B[31m{new string('x', 35)}…' has", diagnostic.Message, StringComparison.Ordinal);
    }

    private static SpecDiagnostic At(string text, int start, int end) =>
        SpecDiagnostic.Create(Descriptor, new LineMap(text).Span(start, end), "wrong");
}
