using System.Text;
using System.Text.RegularExpressions;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class CheckTests
{
    /// <summary>A correct spec, for tests that spoil it.</summary>
    private static readonly string correct = new SmallSpec("Small").Text;

    [Fact]
    public void A_correct_spec_is_summed_up_in_one_line()
    {
        string spec = RepositoryFiles.InRepository("specs", "gpt2.tint.yaml");

        Assert.Equal(
            $"{spec}: OK: Gpt2 (gpt2, 124.4 M parameters): D 768, 12 layers, 12 heads, inner 3072, vocabulary 50257, context 1024; simulator S 3, P 256, H 3072, 12 heads; 1 step on the top 12 layers, learning rate 1e-4\n",
            Tint.Run("check", spec).AssertDone().Output);
    }

    [Fact]
    public void Every_shipped_spec_is_correct()
    {
        string[] specs = Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml");

        string[] lines = Tint.Run(["check", .. specs]).AssertDone().Output.TrimEnd().Split('\n');

        Assert.Equal(specs.Length, lines.Length);
        Assert.All(lines.Zip(specs), pair => Assert.StartsWith($"{pair.Second}: OK: ", pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_invalid_spec_is_refused_with_its_id_place_and_excerpt()
    {
        foreach (string spec in Directory.GetFiles(RepositoryFiles.InRepository("specs", "invalid"), "*.tint.yaml"))
        {
            CommandResult result = Tint.Run("check", spec);

            string id = Path.GetFileName(spec)[..8];
            Assert.Matches($@"{Regex.Escape(spec)}\(\d+,\d+\): error {id}: .+\n +\d+ \| .*\n +\| +\^", result.Error);
            Assert.Equal("", result.Output);
            Assert.Equal(2, result.ExitCode);
        }
    }

    [Fact]
    public void All_specs_are_checked_even_if_the_first_is_wrong_or_missing()
    {
        using TemporaryFolder folder = new();
        string wrong = Write(folder, "wrong.tint.yaml", correct.Replace("sharding: 4", "sharding: 5", StringComparison.Ordinal));
        string right = Write(folder, "right.tint.yaml", correct);

        CommandResult result = Tint.Run("check", folder.File("missing.tint.yaml"), wrong, right);

        Assert.StartsWith(
            $"error: {folder.File("missing.tint.yaml")}: the spec does not exist; check the path.\n{wrong}(", result.Error, StringComparison.Ordinal);
        Assert.Contains("): error TINT2001: simulator.sharding 5 does not divide auxiliary.hidden_size 16", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n2 of 3 specs cannot be compiled.\n", result.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{right}: OK: Small", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void A_directory_is_no_spec()
    {
        using TemporaryFolder folder = new();

        Tint.Run("check", folder.Path).AssertFailed(2, $"error: {folder.Path}: this is a directory; name a spec in it.");
    }

    [Fact]
    public void A_spec_that_is_not_UTF8_is_refused_at_its_byte()
    {
        using TemporaryFolder folder = new();
        string spec = folder.File("latin1.tint.yaml");
        File.WriteAllBytes(spec, [.. "# caf"u8, 0xE9, (byte)'\n']);

        Tint.Run("check", spec).AssertFailed(2, $"error: {spec}: byte 5 starts no valid UTF-8 character; save the spec as UTF-8.");
    }

    [Fact]
    public void A_byte_order_mark_does_not_matter()
    {
        using TemporaryFolder folder = new();
        string spec = folder.File("marked.tint.yaml");
        File.WriteAllText(spec, correct, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.StartsWith($"{spec}: OK: Small", Tint.Run("check", spec).AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_of_100_megabytes_is_refused_unread()
    {
        using TemporaryFolder folder = new();
        string spec = folder.File("huge.tint.yaml");
        using (FileStream stream = File.Create(spec))
            stream.SetLength(100_000_000);

        Tint.Run("check", spec).AssertFailed(2, $"error: {spec}: the file is larger than 4 MiB, too large for a spec; check that it is the right file.");
    }

    [Fact]
    public void A_spec_longer_than_the_format_allows_is_refused()
    {
        using TemporaryFolder folder = new();
        string spec = Write(folder, "long.tint.yaml", new string('#', 1 << 21));

        AssertMistake(spec, "(1,1): error TINT0009: The text has 2097152 characters and was not read; a spec has at most 1048576.");
    }

    [Fact]
    public void Aliases_that_multiply_are_refused_where_they_start()
    {
        using TemporaryFolder folder = new();
        StringBuilder bomb = new("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++)
            bomb.Append(FormattableString.Invariant(
                $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));
        string spec = Write(folder, "bomb.tint.yaml", bomb.ToString());

        AssertMistake(spec, "(1,5): error TINT0006: YAML anchors are not allowed in a spec.");
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_nesting_is_refused(char bracket)
    {
        using TemporaryFolder folder = new();
        string spec = Write(folder, "deep.tint.yaml", "model: " + new string(bracket, 100_000));

        AssertMistake(spec, "error TINT0008: This is nested deeper than ");
    }

    [Theory]
    [InlineData("vocab_size: 29", "vocab_size: 99999999999999999999", "error TINT")]
    [InlineData("hidden_size: 16", "hidden_size: 2147483647", "error TINT")]
    [InlineData("num_hidden_layers: 2", "num_hidden_layers: 2147483647", "error TINT")]
    [InlineData("intermediate_size: 64", "intermediate_size: 2147483632", "error TINT")]
    [InlineData("max_position_embeddings: 16", "max_position_embeddings: 2147483647", "error TINT")]
    public void Sizes_that_overflow_are_refused(string size, string overflowing, string mistake)
    {
        using TemporaryFolder folder = new();
        string spec = Write(folder, "overflow.tint.yaml", correct.Replace(size, overflowing, StringComparison.Ordinal));

        AssertMistake(spec, mistake);
    }

    private static void AssertMistake(string spec, string mistake)
    {
        CommandResult result = Tint.Run("check", spec);

        Assert.Contains(mistake, result.Error, StringComparison.Ordinal);
        Assert.StartsWith(spec, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
    }

    private static string Write(TemporaryFolder folder, string name, string text)
    {
        string path = folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
