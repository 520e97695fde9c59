using System.ComponentModel;
using System.Diagnostics;

namespace TinT.Literal.Tests.Export;

/// <summary>A Python that has torch.</summary>
internal static class TorchPython
{
    private static readonly Lazy<string?> interpreter = new(Find);

    /// <summary>The interpreter; <see langword="null"/> if there is none.</summary>
    public static string? Interpreter => interpreter.Value;

    /// <summary>Runs a script and requires that it succeeds.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string script, IEnumerable<string> arguments)
    {
        (int exitCode, string output, string error) = Start(Interpreter!, [script, .. arguments])!.Value;
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{error}");
        return output;
    }

    private static string? Find() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(
        candidate => Start(candidate, ["-c", "import torch"]) is { ExitCode: 0 });

    private static (int ExitCode, string Output, string Error)? Start(string program, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return null;
        }
    }
}
