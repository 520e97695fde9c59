using System.Diagnostics;
using System.Globalization;
using System.Text;
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
        Interrupt(process);
        string error = await process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Matches("^0%: [0-9]+ of [0-9]+ block runs, ", firstBlocks);
        Assert.EndsWith("cancelled\n", error, StringComparison.Ordinal);
        Assert.Equal("", output);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal([text], Directory.GetFileSystemEntries(folder.Path));
    }

    private Process Start(params string[] arguments)
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
        return Process.Start(start)!;
    }

    private static void Interrupt(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
