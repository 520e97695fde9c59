using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("init")]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("emit")]
    [InlineData("run")]
    [InlineData("verify")]
    [InlineData("bench")]
    [InlineData("export")]
    [InlineData("tokens")]
    [InlineData("devices")]
    [InlineData("schema")]
    [InlineData("help")]
    [InlineData("eval")]
    [InlineData("eval perplexity")]
    [InlineData("eval icl")]
    [InlineData("sweep")]
    [InlineData("sweep plan")]
    [InlineData("sweep run")]
    [InlineData("sweep status")]
    [InlineData("sweep report")]
    [InlineData("sweep submit")]
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
    [InlineData("chekc", "error: 'chekc' is no command of 'tint'; did you mean 'tint check'?\nRun 'tint --help' for its arguments and an example.\n")]
    [InlineData("eval", "error: Required command was not provided.\nRun 'tint eval --help' for its arguments and an example.\n")]
    [InlineData("sweep", "error: Required command was not provided.\nRun 'tint sweep --help' for its arguments and an example.\n")]
    [InlineData(
        "sweep a.sweep.yaml b.sweep.yaml",
        "error: Unrecognized command or argument 'b.sweep.yaml'.\nRun 'tint sweep run --help' for its arguments and an example.\n")]
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
        "error: Argument 'some' not recognized. Must be one of:\n\t'blocks'\n\t'subset'\n\t'all'\n\t'none'\nRun 'tint eval perplexity --help' for its arguments and an example.\n")]
    public void A_wrong_command_line_is_explained_with_exit_code_2(string commandLine, string error)
    {
        CommandResult result = Tint.Run(commandLine.Split(' '));

        Assert.Equal(error, result.Error);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
    }

    [Theory]
    [InlineData("chekc a.tint.yaml", "'chekc' is no command of 'tint'; did you mean 'tint check'?", "tint")]
    [InlineData("Plan a.tint.yaml --json b", "'Plan' is no command of 'tint'; did you mean 'tint plan'?", "tint")]
    [InlineData("verfiy", "'verfiy' is no command of 'tint'; did you mean 'tint verify'?", "tint")]
    [InlineData("eval perplexty a --text b", "'perplexty' is no command of 'tint eval'; did you mean 'tint eval perplexity'?", "tint eval")]
    [InlineData("eval accuracy", "'accuracy' is no command of 'tint eval'; there are perplexity, icl.", "tint eval")]
    [InlineData("sweep plna a.sweep.yaml", "'plna' is no command of 'tint sweep'; did you mean 'tint sweep plan'?", "tint sweep")]
    [InlineData("sweep statsu", "'statsu' is no command of 'tint sweep'; did you mean 'tint sweep status'?", "tint sweep")]
    [InlineData("sweep rates", "'rates' is no command of 'tint sweep'; there are plan, run, status, report, submit.", "tint sweep")]
    [InlineData("sweep --ouput b a.sweep.yaml", "'--ouput' is no option of 'tint sweep run'; did you mean --output?", "tint sweep run")]
    [InlineData("sweep a.sweep.yaml --ouput b", "'--ouput' is no option of 'tint sweep run'; did you mean --output?", "tint sweep run")]
    [InlineData("train", "'train' is no command of 'tint'; there are init, check, plan, emit, run, verify, bench, eval, sweep, export, tokens, devices, schema, help.", "tint")]
    [InlineData("plan a.tint.yaml --jsn b", "'--jsn' is no option of 'tint plan'; did you mean --json?", "tint plan")]
    [InlineData("run a --checkpiont b --input c --output d", "'--checkpiont' is no option of 'tint run'; did you mean --checkpoint?", "tint run")]
    public void A_misspelt_word_is_told_once_with_the_one_that_was_meant(string commandLine, string message, string command) =>
        Tint.Run(commandLine.Split(' ')).AssertFailed(
        2, $"error: {message}\nRun '{command} --help' for its arguments and an example.");

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help check", "check --help")]
    [InlineData("help eval perplexity", "eval perplexity --help")]
    public void Help_can_be_asked_for_as_a_command(string one, string other) =>
        Assert.Equal(Tint.Run(other.Split(' ')).AssertDone().Output, Tint.Run(one.Split(' ')).AssertDone().Output);

    [Theory]
    [InlineData("help chekc", "error: 'chekc' is no command of 'tint'; did you mean 'tint check'?")]
    [InlineData("help eval perplexty", "error: 'perplexty' is no command of 'tint eval'; did you mean 'tint eval perplexity'?")]
    [InlineData("help check this", "error: 'tint check' has no command 'this'.")]
    public void Help_for_what_does_not_exist_is_refused(string commandLine, string error) => Tint.Run(commandLine.Split(' ')).AssertFailed(2, error);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("130")]
    [InlineData("141")]
    [InlineData("143")]
    public void Every_exit_code_is_explained(string code)
    {
        Assert.Matches($"(?m)^  {code} +[a-z]", Tint.Run("--help").AssertDone().Output);
        Assert.Matches($"Exit codes: .*\\b{code} [a-z]", File.ReadAllText(RepositoryFiles.InRepository("src", "TinT.Cli", "README.md")));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("verify")]
    [InlineData("bench")]
    [InlineData("plan")]
    [InlineData("eval perplexity")]
    public void No_option_has_two_meanings(string command) =>
        Assert.DoesNotContain("Alone, without a value", Tint.Run([.. command.Split(' '), "--help"]).AssertDone().Output, StringComparison.Ordinal);

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

        result.AssertFailed(2, $"error: --output: the directory {missing} does not exist; create it first.");
    }
}
