using System.Diagnostics;
using System.Text.RegularExpressions;
using TinT.Tests.Common;

namespace TinT.Package.Tests;

/// <summary>The tool as .NET installs it.</summary>
[Trait("Speed", "Slow")]
public sealed partial class ToolTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_installed_tool_hints_at_commands_with_files_that_are_there()
    {
        string version = $"0.0.0-test.{Guid.NewGuid():N}";
        Dotnet.RunSuccessfully(
            RepositoryFiles.Root,
            "pack", RepositoryFiles.InRepository("src", "TinT.Cli"), "--no-build", "--configuration", Dotnet.Configuration, "--output", folder.File("feed"), $"-p:PackageVersion={version}",
            $"-p:NuspecOutputPath={folder.File("nuspec")}");
        File.WriteAllText(folder.File("nuget.config"), $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
            </configuration>
            """);
        Dotnet.RunSuccessfully(folder.Path, "tool", "install", "TinT.Tool", "--tool-path", folder.File("tools"), "--version", version, "--configfile", folder.File("nuget.config"));

        string output = RunTool("--blocks", "2");
        string[] hints = [.. Hint().Matches(output).Select(match => match.Groups["arguments"].Value)];
        Assert.Equal(["check", "emit", "eval", "--help"], hints.Select(hint => hint.Split(' ')[0]));
        foreach (string path in hints.SelectMany(hint => Quoted().Matches(hint).Select(match => match.Groups["path"].Value)))
            Assert.True(Path.Exists(path), path);
        Assert.Contains("Gpt2", RunTool("check", Quoted().Match(hints[0]).Groups["path"].Value), StringComparison.Ordinal);
        Assert.Contains("ilgpu-cpu", RunTool("devices"), StringComparison.Ordinal);
    }

    private string RunTool(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder.File("tools"), OperatingSystem.IsWindows() ? "tint.exe" : "tint"), arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        };
        using Process tool = Process.Start(start)!;
        string output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        Assert.Equal(0, tool.ExitCode);
        return output.ReplaceLineEndings("\n");
    }

    [GeneratedRegex("^  tint (?<arguments>.*)$", RegexOptions.Multiline)]
    private static partial Regex Hint();

    [GeneratedRegex("\"(?<path>[^\"]*)\"")]
    private static partial Regex Quoted();
}
