using System.Text.RegularExpressions;
using TinT.Reports.Html;
using TinT.Tests.Common;

namespace TinT.Reports.Tests.Html;

/// <summary>Texts can be read in light and dark: WCAG 2.1 asks for a contrast of 4.5 to 1.</summary>
public sealed partial class HtmlStyleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Texts_stand_out_from_what_is_behind_them(int scheme)
    {
        Dictionary<string, string> colours = Schemes()[scheme];
        Assert.All(["ink", "faint", "good", "bad"], text => Contrast.AssertReadable(colours[text], colours["paper"], text));
        Contrast.AssertReadable(colours["ink"], colours["quiet"], "ink on quiet");

        // Labels inside of drawings are dark in both.
        string label = OnColour().Match(HtmlStyle.Text).Groups[1].Value;
        Assert.All(Enumerable.Range(0, 8), index => Contrast.AssertReadable(label, colours[$"c{index}"], $"on c{index}"));
    }

    [Fact]
    public void Both_schemes_have_the_same_colours() => Assert.Equal(Schemes()[0].Keys.Order(), Schemes()[1].Keys.Order());

    [Fact]
    public void Cells_have_room_on_both_sides()
    {
        // A number ends where its cell does: a text to the right of it must not begin there.
        Assert.Matches(@"th, td \{ padding: \.\d+rem \.\d+rem;", HtmlStyle.Text);
        Assert.DoesNotContain("padding-right: 0", HtmlStyle.Text, StringComparison.Ordinal);
    }

    private static List<Dictionary<string, string>> Schemes() =>
    [
        .. Root().Matches(HtmlStyle.Text).Select(root => Colour().Matches(root.Value)
            .ToDictionary(colour => colour.Groups[1].Value, colour => colour.Groups[2].Value, StringComparer.Ordinal)),
    ];

    [GeneratedRegex(@":root \{[^}]*\}")]
    private static partial Regex Root();

    [GeneratedRegex(@"--([a-z0-9]+): (#[0-9a-f]{6})")]
    private static partial Regex Colour();

    [GeneratedRegex(@"text\.on-colour \{ fill: (#[0-9a-f]{6})")]
    private static partial Regex OnColour();
}
