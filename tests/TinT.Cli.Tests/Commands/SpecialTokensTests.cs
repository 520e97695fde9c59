using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class SpecialTokensTests
{
    [Theory]
    [InlineData("eval perplexity")]
    [InlineData("verify")]
    [InlineData("tokens")]
    public void Help_says_that_special_tokens_are_plain_text_by_default(string command)
    {
        string help = string.Join(
            ' ', Tint.Run([.. command.Split(' '), "--help"]).AssertDone().Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "<|endoftext|>, as such, as Hugging Face's tokenizers do. Default: they are plain text like any other.", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_have_none()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("text.txt"), string.Concat(Enumerable.Repeat("Follow the yellow brick road.\n", 20)));

        Tint.Run("eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", folder.File("text.txt"), "--special-tokens")
            .AssertFailed(
            2, "error: --special-tokens is for the tokenizers of models: bytes have no special tokens.");
    }
}
