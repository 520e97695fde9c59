using System.CommandLine;
using System.Diagnostics;
using System.Runtime.Versioning;
using TinT.Cli.Commands;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Jobs;
using TinT.Cli.Rendering;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>What a command writes never destroys what it reads, another output, or a file that is more than its content.</summary>
public sealed class OutputSafetyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string spec;
    private readonly string checkpoint;
    private readonly string text;
    private readonly string input;

    public OutputSafetyTests()
    {
        spec = folder.File("s.tint.yaml");
        File.Copy(ByteModel.Spec, spec);
        checkpoint = folder.File("model");
        Directory.CreateDirectory(checkpoint);
        foreach (string file in Directory.GetFiles(ByteModel.Checkpoint))
            File.Copy(file, Path.Combine(checkpoint, Path.GetFileName(file)));
        text = folder.File("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("Follow the yellow brick road.\n", 20)));
        input = folder.File("input.safetensors");
        SafetensorsWriter.Write(input, [TensorData.FromInt32s("input_ids", [72, 105, 33], 3), TensorData.FromSingles("training_mask", [1, 1, 0], 3)]);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plan SPEC --json SPEC", "--json", "SPEC")]
    [InlineData("plan SPEC --html SPEC", "--html", "SPEC")]
    [InlineData("plan SPEC --json FOLDER/model/../s.tint.yaml", "--json", "SPEC")]
    [InlineData("bench SPEC --json SPEC", "--json", "SPEC")]
    [InlineData("bench SPEC --checkpoint MODEL --json MODEL/config.json", "--json", "--checkpoint")]
    [InlineData("verify SPEC --html SPEC", "--html", "SPEC")]
    [InlineData("verify SPEC --checkpoint MODEL --text TEXT --json TEXT", "--json", "--text")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --text TEXT --json TEXT", "--json", "--text")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --text SPEC --text TEXT --csv TEXT", "--csv", "--text")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --text TEXT --csv MODEL/model.safetensors", "--csv", "--checkpoint")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --tokenizer MODEL --text TEXT --csv SPEC", "--csv", "SPEC")]
    [InlineData("run SPEC --checkpoint MODEL --input INPUT --output INPUT", "--output", "--input")]
    [InlineData("run SPEC --checkpoint MODEL --input INPUT --output MODEL/model.safetensors", "--output", "--checkpoint")]
    [InlineData("run SPEC --checkpoint MODEL --input INPUT --output SPEC", "--output", "SPEC")]
    [InlineData("export SPEC --checkpoint MODEL --output MODEL --force", "--checkpoint", "--output")]
    [InlineData("export SPEC --checkpoint MODEL --output FOLDER --force", "SPEC", "--output")]
    public void An_output_that_is_an_input_is_refused_before_any_work(string commandLine, string one, string other)
    {
        Dictionary<string, byte[]> before = Contents();

        CommandResult result = Tint.Run(Fill(commandLine));

        string line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith($"error: {one} ", line, StringComparison.Ordinal);
        Assert.Contains($" {other} ", line, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_result_in_the_models_folder_is_replaced_by_the_next_run()
    {
        for (int run = 0; run < 2; run++)
            Tint.Run(Fill("run SPEC --checkpoint MODEL --input INPUT --output MODEL/out.safetensors --json MODEL/run.json")).AssertDone();

        Assert.Equal(
            Directory.GetFiles(ByteModel.Checkpoint).Select(Path.GetFileName).Append("out.safetensors").Append("run.json").Order(StringComparer.Ordinal),
            Directory.GetFiles(checkpoint).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("plan SPEC --json FOLDER/r --html FOLDER/r", "--html", "--json")]
    [InlineData("plan SPEC --json FOLDER/r --html FOLDER/model/../r", "--html", "--json")]
    [InlineData("plan SPEC --json - --html -", "--html", "--json")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --text TEXT --json FOLDER/r --csv FOLDER/./r", "--csv", "--json")]
    [InlineData("verify SPEC --json FOLDER/r --html FOLDER/r", "--html", "--json")]
    public void Two_outputs_in_one_file_are_refused(string commandLine, string one, string other)
    {
        Dictionary<string, byte[]> before = Contents();

        CommandResult result = Tint.Run(Fill(commandLine));

        Assert.Matches($"^error: {one} .+ is the same file as {other} .+; name two different ones\\.\n$", result.Error);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(before, Contents());
    }

    [UnixFact]
    public void Symbolic_and_hard_links_to_an_input_are_the_input()
    {
        string hard = folder.File("hard.json");
        using (Process link = Process.Start("ln", [spec, hard]))
            link.WaitForExit();
        File.CreateSymbolicLink(folder.File("soft.json"), "s.tint.yaml");
        Directory.CreateSymbolicLink(folder.File("here"), ".");
        File.Move(Path.Combine(checkpoint, "model.safetensors"), folder.File("blob"));
        File.CreateSymbolicLink(Path.Combine(checkpoint, "model.safetensors"), "../blob");

        Assert.All(
            [hard, folder.File("soft.json"), folder.File("here", "s.tint.yaml")],
            path => AssertRefused(path, Tint.Run("plan", spec, "--json", path)));
        AssertRefused(folder.File("blob"), Tint.Run("bench", spec, "--checkpoint", checkpoint, "--json", folder.File("blob")));
        Assert.Equal(File.ReadAllText(ByteModel.Spec), File.ReadAllText(spec));

        static void AssertRefused(string path, CommandResult result)
        {
            Assert.Matches(
                $"^error: --json {path} is (the same file as SPEC|a file of --checkpoint) .+, which the command reads; name another file\\.\n$", result.Error);
            Assert.Equal(2, result.ExitCode);
        }
    }

    [UnixFact]
    public void A_link_stays_and_its_target_is_replaced()
    {
        Directory.CreateDirectory(folder.File("there"));
        File.WriteAllText(folder.File("there", "old.json"), "old");
        File.CreateSymbolicLink(folder.File("middle"), "there/old.json");
        File.CreateSymbolicLink(folder.File("link.json"), "middle");
        File.CreateSymbolicLink(folder.File("dangling.html"), "there/new.html");

        Tint.Run("plan", spec, "--json", folder.File("link.json"), "--html", folder.File("dangling.html")).AssertDone();

        Assert.Equal("middle", new FileInfo(folder.File("link.json")).LinkTarget);
        Assert.StartsWith("{\n  \"schema\": \"tint.plan/1\"", File.ReadAllText(folder.File("there", "old.json")), StringComparison.Ordinal);
        Assert.Equal("there/new.html", new FileInfo(folder.File("dangling.html")).LinkTarget);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder.File("there", "new.html")), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.File("there")).Length);
    }

    [UnixFact]
    public void A_link_that_leads_in_a_circle_is_refused()
    {
        File.CreateSymbolicLink(folder.File("a"), "b");
        File.CreateSymbolicLink(folder.File("b"), "a");

        Tint.Run("plan", spec, "--json", folder.File("a")).AssertFailed(
            2, $"error: --json {folder.File("a")} cannot be written to (its links lead in a circle); name another file.");
    }

    [UnixFact]
    public async Task A_pipe_is_written_to_and_stays()
    {
        string pipe = folder.File("pipe");
        using (Process make = Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync();
        Task<string> read = Task.Run(() => File.ReadAllText(pipe));

        Tint.Run("plan", spec, "--json", pipe).AssertDone();

        Assert.StartsWith("{\n  \"schema\": \"tint.plan/1\"", await read, StringComparison.Ordinal);
        Task<byte[]> tensors = Task.Run(() => File.ReadAllBytes(pipe));
        Tint.Run(Fill($"run SPEC --checkpoint MODEL --input INPUT --output {pipe}")).AssertDone();
        File.WriteAllBytes(folder.File("copy.safetensors"), await tensors);
        using SafetensorsFile copy = SafetensorsFile.Open(folder.File("copy.safetensors"));
        Assert.Equal([1L, 3, 256], copy["logits_after"].Shape);
        Assert.Equal(Runtime.Files.FileKind.Pipe, Runtime.Files.FileStatus.Of(pipe)!.Value.Kind);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Permissions_of_a_replaced_file_are_kept()
    {
        string json = folder.File("private.json");
        File.WriteAllText(json, "old");
        File.SetUnixFileMode(json, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Tint.Run("plan", spec, "--json", json).AssertDone();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(json));
    }

    [Fact]
    public void A_name_as_long_as_a_file_system_allows_can_be_written()
    {
        string json = folder.File(new string('n', 250) + ".json");
        Tint.Run("plan", spec, "--json", json).AssertDone();
        Assert.True(File.Exists(json));
    }

    [Theory]
    [InlineData("plan SPEC --json -", "{\n  \"schema\": \"tint.plan/1\"", "}\n")]
    [InlineData("plan SPEC --html -", "<!DOCTYPE html>\n", "</html>\n")]
    [InlineData("bench SPEC --tokens 4 --runs 1 --json -", "{\n  \"schema\": \"tint.bench/1\"", "}\n")]
    [InlineData("verify SPEC --tokens 4 --no-literal --json -", "{\n  \"schema\": \"tint.verify/1\"", "}\n")]
    [InlineData("verify SPEC --tokens 4 --no-literal --html -", "<!DOCTYPE html>\n", "</html>\n")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --text TEXT --block-size 16 --blocks 1 --json -", "{\n  \"schema\": \"tint.perplexity/1\"", "}\n")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --text TEXT --block-size 16 --blocks 1 --csv -", "model,files,tokenizer,", "\r\n")]
    public void A_dash_is_standard_output_and_the_tables_then_go_to_the_error_output(string commandLine, string start, string end)
    {
        CommandResult result = Tint.Run(Fill(commandLine));

        Assert.StartsWith(start, result.Output, StringComparison.Ordinal);
        Assert.EndsWith(end, result.Output, StringComparison.Ordinal);
        Assert.Contains("\n-----", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
        Assert.False(File.Exists("-"));
    }

    [Fact]
    public void Tensors_can_go_to_standard_output()
    {
        string output = folder.File("o.safetensors");
        Tint.Run(Fill($"run SPEC --checkpoint MODEL --input INPUT --output {output}")).AssertDone();

        CommandResult result = Tint.Run(Fill("run SPEC --checkpoint MODEL --input INPUT --output -")).AssertDone();

        Assert.Equal(File.ReadAllBytes(output), result.OutputBytes);
    }

    [Theory]
    [InlineData("emit SPEC --output -")]
    [InlineData("export SPEC --checkpoint MODEL --output -")]
    public void Several_files_cannot_go_to_standard_output(string commandLine) => Tint.Run(Fill(commandLine)).AssertFailed(
        2, "error: --output needs a directory: several files cannot go to standard output. For a directory of that name write ./-.");

    [Theory]
    [InlineData("plan SPEC --json MODEL", "--json MODEL is a directory; name a file in it.")]
    [InlineData("plan SPEC --json FOLDER/none/r", "--json: the directory FOLDER/none does not exist; create it first.")]
    [InlineData("plan SPEC --json TEXT/r", "--json: the directory TEXT does not exist; create it first.")]
    [InlineData("emit SPEC --output TEXT", "--output TEXT is a file; name a directory.")]
    [InlineData("emit SPEC --output TEXT/r", "--output TEXT/r cannot be made: TEXT is a file; name another directory.")]
    [InlineData("export SPEC --checkpoint MODEL --output TEXT/r", "--output TEXT/r cannot be made: TEXT is a file; name another directory.")]
    [InlineData("run SPEC --checkpoint MODEL --input INPUT --output MODEL", "--output MODEL is a directory; name a file in it.")]
    public void Places_that_cannot_be_written_are_found_before_the_work(string commandLine, string message)
    {
        // A spec that does not exist is what the work would begin with.
        File.Delete(spec);
        Tint.Run(Fill(commandLine)).AssertFailed(2, $"error: {string.Join(' ', Fill(message))}");
    }

    [UnixFact]
    public void A_directory_without_new_files_is_found_before_the_work()
    {
        // Nobody, whatever their rights, makes files there.
        CommandResult result = Tint.Run("plan", folder.File("none.tint.yaml"), "--json", "/dev/fd/../../proc/tint.json");

        Assert.Matches("^error: --json .+ cannot be written: there can be no new files in /proc \\(.+\\); name another directory\\.\n$", result.Error);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void A_generated_file_that_would_replace_the_spec_is_refused()
    {
        string renamed = folder.File("ByteGpt2.Layout.g.cs");
        File.Move(spec, renamed);

        Tint.Run("emit", renamed, "--output", folder.Path).AssertFailed(
            2, $"error: --output {renamed} is the same file as SPEC {renamed}, which the command reads; name another file.");
    }

    [Fact]
    public void Leftovers_of_a_killed_process_are_removed_by_the_next_run()
    {
        string json = folder.File("r.json");
        File.WriteAllText(folder.File(".r.json.abcdefgh.ijk.tint-new"), "half");
        File.WriteAllText(folder.File(".other.json.abcdefgh.ijk.tint-new"), "half");

        Tint.Run("plan", spec, "--json", json).AssertDone();

        Assert.False(File.Exists(folder.File(".r.json.abcdefgh.ijk.tint-new")));
        Assert.True(File.Exists(folder.File(".other.json.abcdefgh.ijk.tint-new")));
    }

    [Fact]
    public void Every_argument_whose_value_is_a_path_is_checked()
    {
        using StandardStream stream = new(Stream.Null);
        Spectre.Console.IAnsiConsole console = Terminal.On(TextWriter.Null);
        TintRootCommand root = new(new CommandContext(new TintConsole(console, stream, console), CancellationToken.None), new MainJobSettings());
        string[] pathNames = ["FILE", "DIR", "SPEC"];

        foreach (Command command in All(root))
        {
            foreach (Option option in command.Options.Where(option => pathNames.Any(name => option.HelpName?.Contains(name, StringComparison.Ordinal) == true)))
                Assert.IsType<INamesFiles>(option, exactMatch: false);
            foreach (Argument argument in command.Arguments.Where(argument => pathNames.Contains(argument.Name)))
                Assert.IsType<INamesFiles>(argument, exactMatch: false);
        }

        static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
    }

    private Dictionary<string, byte[]> Contents() => Directory
        .EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, File.ReadAllBytes, StringComparer.Ordinal);

    private string[] Fill(string commandLine) =>
    [
        .. commandLine.Split(' ').Select(word => word.StartsWith("SPEC", StringComparison.Ordinal) || word.StartsWith("MODEL", StringComparison.Ordinal)
            || word.StartsWith("TEXT", StringComparison.Ordinal) || word.StartsWith("INPUT", StringComparison.Ordinal) || word.StartsWith(
                "FOLDER", StringComparison.Ordinal)
            ? word.Replace("SPEC", spec, StringComparison.Ordinal).Replace("MODEL", checkpoint, StringComparison.Ordinal).Replace(
                "TEXT", text, StringComparison.Ordinal)
                .Replace("INPUT", input, StringComparison.Ordinal).Replace("FOLDER", folder.Path, StringComparison.Ordinal)
            : word),
    ];
}
