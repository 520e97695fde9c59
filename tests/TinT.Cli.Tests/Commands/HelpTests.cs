using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("emit")]
    [InlineData("run")]
    [InlineData("verify")]
    [InlineData("bench")]
    [InlineData("export")]
    [InlineData("devices")]
    [InlineData("eval")]
    [InlineData("eval perplexity")]
    public void Help_explains_each_command_and_ends_with_an_example(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        CommandResult result = Tint.Run([.. words, "--help"]).AssertDone();

        Assert.Contains("Example:\n  tint", result.Output, StringComparison.Ordinal);
        Snapshot.Match(result.Output, parameters: string.Join('_', ["tint", .. words]));
    }

    [Fact]
    public void The_version_is_one_line()
    {
        Assert.Matches(@"^tint \d+\.\d+\.\d+\n$", Tint.Run("--version").AssertDone().Output);
    }

    [Theory]
    [InlineData("chekc", "error: Unrecognized command or argument 'chekc'.\nRun 'tint --help' for its arguments and an example.\n")]
    [InlineData("eval", "error: Required command was not provided.\nRun 'tint eval --help' for its arguments and an example.\n")]
    [InlineData("check", "error: Required argument 'SPEC' missing for command: 'check'.\nRun 'tint check --help' for its arguments and an example.\n")]
    [InlineData("emit a.tint.yaml", "error: Option '--output' is required.\nRun 'tint emit --help' for its arguments and an example.\n")]
    [InlineData(
        "run a --checkpoint b --input c --output d --threads 0",
        "error: --threads needs a whole number from 1 to 1024, not '0'.\nRun 'tint run --help' for its arguments and an example.\n")]
    [InlineData(
        "run a --checkpoint b --input c --output d --steps two",
        "error: --steps needs a whole number from 1, not 'two'.\nRun 'tint run --help' for its arguments and an example.\n")]
    [InlineData(
        "run a --checkpoint b --input c --output d --learning-rate 1e-4,1e-3",
        "error: --learning-rate needs one number, not several.\nRun 'tint run --help' for its arguments and an example.\n")]
    [InlineData(
        "run a --checkpoint b --input c --output d --learning-rate NaN",
        "error: --learning-rate needs numbers such as 0.3 or 1e-4, separated by commas, not 'NaN'.\nRun 'tint run --help' for its arguments and an example.\n")]
    [InlineData(
        "run a --checkpoint b --input c --output d --literal --double",
        "error: --literal and --double are two ways to compute; choose one.\nRun 'tint run --help' for its arguments and an example.\n")]
    [InlineData(
        "run a --checkpoint b --input c --output d --gate-scale 10",
        "error: --gate-scale needs --literal: only the literal construction has gates.\nRun 'tint run --help' for its arguments and an example.\n")]
    [InlineData(
        "export a --checkpoint b --output c --shard-size 2TiB",
        "error: --shard-size needs a size such as 500MB or 2GB, not '2TiB'.\nRun 'tint export --help' for its arguments and an example.\n")]
    [InlineData(
        "eval perplexity a --checkpoint b --text c --exact some",
        "error: Argument 'some' not recognized. Must be one of:\n\t'blocks'\n\t'subset'\n\t'all'\nRun 'tint eval perplexity --help' for its arguments and an example.\n")]
    public void A_wrong_command_line_is_explained_with_exit_code_2(string commandLine, string error)
    {
        CommandResult result = Tint.Run(commandLine.Split(' '));

        Assert.Equal(error, result.Error);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void An_empty_path_is_refused()
    {
        CommandResult result = Tint.Run("run", "", "--checkpoint", "", "--input", "", "--output", "");

        Assert.Contains("error: A path is empty.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: --checkpoint needs a path, not an empty text.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: --input needs a path, not an empty text.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: --output needs a path, not an empty text.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void Output_into_a_missing_directory_is_refused_before_any_work()
    {
        using TemporaryFolder folder = new();
        string missing = folder.File("missing");

        CommandResult result = Tint.Run("run", "a", "--checkpoint", "b", "--input", "c", "--output", Path.Combine(missing, "d"));

        Assert.StartsWith($"error: --output: the directory {missing} does not exist; create it first.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }
}
