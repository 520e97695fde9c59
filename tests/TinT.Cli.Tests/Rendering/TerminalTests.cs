using System.Text.RegularExpressions;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Rendering;

public sealed class TerminalTests
{
    [Fact]
    public void A_terminal_gets_a_bar_with_perplexity_rate_and_time_left_that_is_removed_and_a_styled_table()
    {
        using TemporaryFolder folder = new();
        string text = folder.File("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("Somewhere over the rainbow, bluebirds fly.\n", 5)));

        CommandResult result = Tint.RunOnTerminal(
            "eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", text, "--block-size", "64", "--learning-rate", "1e-4,1e-3");

        Assert.Equal(0, result.ExitCode);
        string bar = WithoutStyles(result.Error);
        Assert.Matches(@"TinT, 50% train, lr 1e-3 +━+ 100% perplexity [\d.]+ [\d,]+ tokens/s 0:00 left", bar);
        // The last act is to erase the line and to show the cursor again.
        Assert.EndsWith("\u001b[2K\u001b[?25h", result.Error, StringComparison.Ordinal);
        Assert.Contains("╭", result.Output, StringComparison.Ordinal);
        Assert.Contains("\u001b[1m", result.Output, StringComparison.Ordinal);
        Assert.Contains("TinT", WithoutStyles(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_on_a_terminal_are_plain()
    {
        CommandResult result = Tint.RunOnTerminal("check", "missing.tint.yaml");

        result.AssertFailed(2, "error: missing.tint.yaml: the spec does not exist; check the path.");
    }

    private static string WithoutStyles(string text) => Regex.Replace(text, "\u001b\\[[0-9;?]*[a-zA-Z]", "");
}
