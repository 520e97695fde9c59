using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>The README's example of a user's project is what the generator makes of it.</summary>
public sealed class ReadmeTests
{
    private static readonly string readme = File.ReadAllText(RepositoryFiles.InRepository("README.md")).ReplaceLineEndings("\n");

    private static string Spec => Block("yaml", "model: Small");

    [Fact]
    public void The_program_compiles_with_the_class_of_the_spec()
    {
        GeneratorHost host = Generate(Spec);
        const string implicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

        CSharpCompilation compilation = GeneratedCode
            .Compilation([.. host.Sources.Select(source => (source.Key, source.Value)), ("Usings.cs", implicitUsings), ("Program.cs", Block("csharp", "SmallSimulator.Load"))])
            .WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
    }

    [Fact]
    public void The_kernel_that_is_shown_is_generated()
    {
        string kernel = Block("csharp", "struct ActivationBackward");
        string indented = Regex.Replace(kernel, "^(?=.)", "    ", RegexOptions.Multiline);

        Assert.Contains(indented, Generate(Spec).Sources["Small.CpuKernels.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_that_is_shown_is_reported()
    {
        GeneratorHost host = Generate(Spec.Replace("sharding: 3", "sharding: 5", StringComparison.Ordinal));

        string shown = Block("", "small.tint.yaml(").Replace('\n', ' ').Trim();
        Assert.Equal(shown, Assert.Single(host.Diagnostics).ToString());
    }

    private static GeneratorHost Generate(string spec) => new(new MemoryText("small.tint.yaml", spec));

    /// <summary>The fenced block of a language that has a text in it.</summary>
    private static string Block(string language, string text) =>
        Assert.Single(
            Regex.Matches(readme, "^```(?<language>.*)\n(?<block>(?:(?!```).*\n)*)```$", RegexOptions.Multiline),
            match => match.Groups["language"].Value == language && match.Groups["block"].Value.Contains(text, StringComparison.Ordinal)).Groups["block"].Value;
}
