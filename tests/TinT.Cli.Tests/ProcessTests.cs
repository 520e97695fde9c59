using System.Diagnostics;
using System.Globalization;
using System.Text;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests;

/// <summary>The tool as a process of its own.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_process_returns_the_exit_code_and_writes_UTF8_without_a_byte_order_mark()
    {
        using Process process = Start("eval", "perplexity", "--help");
        MemoryStream output = new();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.StartsWith("Description:", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        Assert.Contains("<A,B,…>", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task An_interrupt_ends_an_evaluation_with_exit_code_130_and_no_files()
    {
        string text = folder.File("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("Follow the yellow brick road, follow the yellow brick road.\n", 500)));
        string json = folder.File("result.json");
        using Process process = Start(
            "eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", text, "--json", json, "--train-fraction", "0.3,0.5,0.7,0.9");

        // Nearly all of the work is left when this line comes.
        string? firstBlocks = await process.StandardError.ReadLineAsync();
        Signal(process, "-INT");
        string error = await process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Matches("^0%: [0-9]+ of [0-9]+ block runs, ", firstBlocks);
        Assert.EndsWith("cancelled\n", error, StringComparison.Ordinal);
        Assert.Equal("", output);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal([text], Directory.GetFileSystemEntries(folder.Path));
    }

    [UnixFact]
    public async Task A_termination_ends_it_with_exit_code_143()
    {
        string text = folder.File("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("Follow the yellow brick road, follow the yellow brick road.\n", 500)));
        using Process process = Start(
            "eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", text, "--train-fraction", "0.3,0.5,0.7,0.9");
        await process.StandardError.ReadLineAsync();
        Signal(process, "-TERM");
        string error = await process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.EndsWith("cancelled\n", error, StringComparison.Ordinal);
        Assert.Equal(143, process.ExitCode);
    }

    [UnixFact]
    public void A_reader_that_closes_the_pipe_gets_no_error_and_reports_are_written()
    {
        string json = folder.File("plan.json");

        // The pipe has room for less than the table, and its reader takes one byte.
        (int exitCode, string error) = Shell("{ \"$@\"; echo $? > code; } | head -c 1 > first", "plan", ByteModel.Spec, "--json", json);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        Assert.Equal("141\n", File.ReadAllText(folder.File("code")));
        Assert.Equal("B", File.ReadAllText(folder.File("first")));
        Assert.EndsWith("}\n", File.ReadAllText(json), StringComparison.Ordinal);
    }

    [UnixFact]
    public void Help_that_nobody_reads_is_no_error()
    {
        (_, string error) = Shell("{ sleep 1; \"$@\"; echo $? > code; } | true", "--help");

        Assert.Equal("", error);
        Assert.Equal("141\n", File.ReadAllText(folder.File("code")));
    }

    [UnixFact]
    public void Standard_output_that_cannot_be_written_to_is_one_line_and_reports_are_written()
    {
        string json = folder.File("plan.json");

        (int exitCode, string error) = Shell("exec \"$@\" >&-", "plan", ByteModel.Spec, "--json", json);

        Assert.Matches("^error: standard output cannot be written to \\(.+\\); what was to be shown is lost\\.\n$", error);
        Assert.Equal(1, exitCode);
        Assert.EndsWith("}\n", File.ReadAllText(json), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_full_disk_behind_standard_output_is_one_line()
    {
        // The shell opens it for writing at its place; nothing renames anything there.
        if (!File.Exists("/dev/full"))
            return;
        foreach (string[] arguments in (string[][])[["plan", ByteModel.Spec], ["plan", ByteModel.Spec, "--json", "-"], ["--help"], ["check", ByteModel.Spec]])
        {
            (int exitCode, string error) = Shell("exec \"$@\" > /dev/full 2> error; ", arguments);
            Assert.Equal("", error);
            error = File.ReadAllText(folder.File("error"));
            Assert.EndsWith(
                "error: standard output cannot be written to (No space left on device); what was to be shown is lost.\n", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
            Assert.Equal(1, exitCode);
        }
    }

    [UnixFact]
    public void An_error_output_that_cannot_be_written_to_changes_nothing()
    {
        (int exitCode, _) = Shell("exec \"$@\" 2>&-", "check", folder.File("none.tint.yaml"));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Too_little_memory_is_one_line_that_names_the_spec()
    {
        const int Sequences = 1000, Tokens = 256;
        SafetensorsWriter.Write(folder.File("input.safetensors"),
        [
            TensorData.FromInt32s("input_ids", new int[Sequences * Tokens], Sequences, Tokens),
            TensorData.FromSingles(
                "training_mask", [.. Enumerable.Range(0, Sequences * Tokens).Select(index => index % Tokens < 4 ? 1f : 0f)], Sequences, Tokens),
        ]);
        ProcessStartInfo start = StartInfo(
            ["run", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--input", folder.File("input.safetensors"), "--output", folder.File(
                "output.safetensors")]);

        // The logits of such a batch alone take 250 MiB twice; the heap gets 128 MiB.
        start.Environment["DOTNET_GCHeapHardLimit"] = "8000000";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(
            $"error: {ByteModel.Spec}: there is not enough memory; use fewer or shorter sequences at once, fewer trained layers, or a machine with more.\n", error);
        Assert.Equal("", await output);
        Assert.Equal(1, process.ExitCode);
        Assert.Equal([folder.File("input.safetensors")], Directory.GetFileSystemEntries(folder.Path));
    }

    [UnixFact]
    public async Task A_link_to_standard_output_is_standard_output_and_no_file()
    {
        using Process process = Start("plan", ByteModel.Spec, "--json", "/dev/stdout");
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.StartsWith("{\n  \"schema\": \"tint.plan/1\"", output, StringComparison.Ordinal);
        Assert.EndsWith("}\n", output, StringComparison.Ordinal);
        Assert.StartsWith("ByteGpt2 (gpt2", await error, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }

    [UnixFact]
    public void Standard_output_that_is_a_file_keeps_what_was_there_and_what_follows()
    {
        (int exitCode, _) = Shell("{ echo first; \"$@\"; echo last; } > out 2> tables", "plan", ByteModel.Spec, "--json", "/dev/stdout");

        string[] lines = File.ReadAllLines(folder.File("out"));
        Assert.Equal(["first", "{", "}", "last"], [lines[0], lines[1], lines[^2], lines[^1]]);
        Assert.Equal(0, exitCode);
    }

    [UnixFact]
    public void The_file_that_standard_output_goes_to_is_not_replaced()
    {
        (int exitCode, string error) = Shell("{ echo first; \"$@\"; code=$?; echo last; exit $code; } > out", "plan", ByteModel.Spec, "--json", "out");

        Assert.Equal("error: --json out is the file that standard output goes to; name another file, or '-' for standard output.\n", error);
        Assert.Equal(2, exitCode);
        Assert.Equal(["first", "last"], File.ReadAllLines(folder.File("out")));
    }

    [UnixFact]
    public void Descriptors_of_a_shell_are_written_to_where_they_are()
    {
        (int exitCode, string error) = Shell("{ echo first >&3; \"$@\"; echo last >&3; } 3> out > tables", "plan", ByteModel.Spec, "--json", "/dev/fd/3");

        string[] lines = File.ReadAllLines(folder.File("out"));
        Assert.Equal(["first", "{", "}", "last"], [lines[0], lines[1], lines[^2], lines[^1]]);
        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
    }

    /// <summary>Runs a script of the shell, in which <c>"$@"</c> is the tool with its arguments.</summary>
    private (int ExitCode, string Error) Shell(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("sh") { RedirectStandardError = true, WorkingDirectory = folder.Path };
        foreach (string argument in (string[])["-c", script, "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "tint.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    [UnixFact]
    public void Weights_that_were_made_for_a_run_are_removed_behind_it()
    {
        string temporary = Directory.CreateDirectory(folder.File("temporary")).FullName;
        ProcessStartInfo start = StartInfo(["verify", ByteModel.Spec, "--tokens", "4", "--no-literal", "--weights", "bf16"]);
        start.Environment["TMPDIR"] = temporary;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Assert.Contains("bfloat16", process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();

        Assert.Equal((0, ""), (process.ExitCode, error.GetAwaiter().GetResult()));
        Assert.Empty(Directory.GetDirectories(temporary, "tint-*"));
    }

    private Process Start(params string[] arguments) => Process.Start(StartInfo(arguments))!;

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder.Path,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tint.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
