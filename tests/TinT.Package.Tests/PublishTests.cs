using System.Diagnostics;
using System.Runtime.InteropServices;
using TinT.Tests.Common;

namespace TinT.Package.Tests;

/// <summary>Published programs without what they do not need: trimmed ones, and native ones.</summary>
[Collection(SharedPackage.Name), Trait("Speed", "Slow")]
public sealed class PublishTests(PackedPackage package)
{
    private const string Text = "a good man";

    private static readonly GoldenCase opt = GoldenCases.Open("opt_2step_all_f70");

    [Fact]
    public void A_trimmed_program_gives_the_bits_of_an_ordinary_one() =>
        AssertPublishes("-p:PublishTrimmed=true", "--self-contained");

    /// <summary>Native code for this processor has the same vectors as a just-in-time compiler's; for any processor it has shorter ones, which round otherwise.</summary>
    [LinkerFact]
    public void A_native_program_gives_the_bits_of_an_ordinary_one() =>
        AssertPublishes("-p:PublishAot=true", "-p:IlcInstructionSet=native");

    private void AssertPublishes(params string[] options)
    {
        string project = package.CopyConsumer("Console", ("opt.tint.yaml", opt));
        package.AssertBuilds(project);
        string expected = Path.Combine(project, "expected.safetensors");
        string tokenizer = Directory.CreateDirectory(Path.Combine(project, "tokenizer")).FullName;
        File.WriteAllText(Path.Combine(tokenizer, "tokenizer.json"), ConsumerTests.Tokenizer);
        Dotnet.RunSuccessfully(project, Path.Combine("bin", "Debug", "net10.0", "App.dll"), opt.Folder, opt.InputPath, expected, tokenizer, Text);

        string published = Dotnet.RunSuccessfully(
            project,
            ["publish", "-nologo", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "out", "-p:UseAppHost=true", .. package.Properties, .. options]);
        Assert.DoesNotContain("warning", published, StringComparison.OrdinalIgnoreCase);
        string actual = Path.Combine(project, "actual.safetensors");
        using Process program = Process.Start(
            Path.Combine(project, "out", OperatingSystem.IsWindows() ? "App.exe" : "App"), [opt.Folder, opt.InputPath, actual, tokenizer, Text]);
        program.WaitForExit();

        Assert.Equal(0, program.ExitCode);
        Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(actual));
    }
}
