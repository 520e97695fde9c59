using System.Text;

namespace TinT.Cli.Tests;

/// <summary>What a command line did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="OutputBytes">What it wrote to the standard output.</param>
/// <param name="Error">What it wrote to the error output.</param>
internal sealed record CommandResult(int ExitCode, byte[] OutputBytes, string Error)
{
    /// <summary>What it wrote to the standard output, as text.</summary>
    public string Output { get; } = Encoding.UTF8.GetString(OutputBytes);

    /// <summary>Fails unless the command is done and wrote no error.</summary>
    public CommandResult AssertDone()
    {
        Assert.Equal("", Error);
        Assert.Equal(Cli.Outcomes.ExitCode.Done, ExitCode);
        return this;
    }

    /// <summary>Fails unless the command ended with an exit code and exactly one line of error, and wrote no result.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="line">The line.</param>
    public void AssertFailed(int exitCode, string line)
    {
        Assert.Equal(line + "\n", Error);
        Assert.Equal("", Output);
        Assert.Equal(exitCode, ExitCode);
    }
}
