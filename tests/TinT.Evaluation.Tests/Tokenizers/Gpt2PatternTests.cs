using System.Text;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>Expected pieces are those of Python's <c>regex</c> module with GPT-2's pattern.</summary>
public sealed class Gpt2PatternTests
{
    [Theory]
    [InlineData("Hello world!", "Hello| world|!")]
    [InlineData("it's we've I'll you're I'm he'd isn't", "it|'s| we|'ve| I|'ll| you|'re| I|'m| he|'d| isn|'t")]
    [InlineData("IT'S", "IT|'|S")]
    [InlineData(" 's ''s '", " '|s| ''|s| '")]
    [InlineData("'stop", "'s|top")]
    [InlineData("rock'n'roll", "rock|'|n|'|roll")]
    [InlineData("a1b22 333", "a|1|b|22| 333")]
    [InlineData("...!? --x", "...!?| --|x")]
    public void Words_numbers_signs_and_contractions_are_cut_apart(string text, string pieces) => Assert.Equal(pieces, Cut(text));

    [Theory]
    [InlineData("a  b", "a| | b")]
    [InlineData("a   b", "a|  | b")]
    [InlineData("a \n b", "a| \n| b")]
    [InlineData("a\nb", "a|\n|b")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("a\tb", "a|\t|b")]
    [InlineData("a \t", "a| \t")]
    [InlineData("a ", "a| ")]
    [InlineData("a\r\n", "a|\r\n")]
    [InlineData(" ", " ")]
    [InlineData("a\u00A0\u00A0b", "a|\u00A0|\u00A0|b")]
    [InlineData("a\u3000b", "a|\u3000|b")]
    public void Of_a_run_of_white_space_the_last_is_left_to_what_follows(string text, string pieces) => Assert.Equal(pieces, Cut(text));

    [Theory]
    [InlineData("x𝒜𐍈y z", "x𝒜𐍈y| z")]
    [InlineData(" 𝟘12½ⅷ", " 𝟘12½ⅷ")]
    [InlineData("a😀😃b", "a|😀😃|b")]
    [InlineData("𠀀𠮷1", "𠀀𠮷|1")]
    public void Letters_numbers_and_signs_outside_the_basic_plane_count_as_such(string text, string pieces) => Assert.Equal(pieces, Cut(text));

    [Fact]
    public void A_combining_mark_is_no_letter() => Assert.Equal("e|\u0301|a", Cut("e\u0301a"));

    [Fact]
    public void What_stands_for_a_lone_surrogate_is_a_sign() => Assert.Equal("a|\uFFFD!|b", Cut("a\uD83D!b"));

    [Fact]
    public void White_space_is_that_of_Python_where_JavaScript_differs()
    {
        Assert.Equal("a|\u0085|b", Cut("a\u0085b"));
        Assert.Equal("a| \u0085", Cut("a \u0085"));
        Assert.Equal("!\uFEFF!", Cut("!\uFEFF!"));
    }

    private static string Cut(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Gpt2Pattern pattern = new();
        List<string> pieces = [];
        pattern.Begin(utf8);
        for (int from = 0; pattern.TryFind(utf8, from, out int start, out int length); from = start + length)
        {
            Assert.Equal(from, start);
            pieces.Add(Encoding.UTF8.GetString(utf8, start, length));
        }

        return string.Join('|', pieces);
    }
}
