using System.Text;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Reading;

namespace TinT.Compiler.Tests.Specs;

/// <summary>Specs that would take much work or memory; random damage is tried by the fuzz tests.</summary>
public sealed class ReaderRobustnessTests
{
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
}
