using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>What the README and the walk through the compiler show is what the generator makes of the README's spec.</summary>
public sealed class ReadmeTests
{
    private static readonly string readme = Read("README.md"), walk = Read("generators", "WALK.md");

    private static string Spec => Block(readme, "yaml", "model: Small");

    [Fact]
    public void The_program_compiles_with_the_class_of_the_spec()
    {
        GeneratorHost host = Generate(Spec);
        const string implicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

        CSharpCompilation compilation = GeneratedCode
            .Compilation([.. host.Sources.Select(source => (source.Key, source.Value)), ("Usings.cs", implicitUsings), ("Program.cs", Block(
                readme, "csharp", "SmallSimulator.Load"))])
            .WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
    }

    [Fact]
    public void The_kernel_that_is_shown_is_generated()
    {
        string kernel = Block(walk, "csharp", "struct ActivationBackward");
        string indented = Regex.Replace(kernel, "^(?=.)", "    ", RegexOptions.Multiline);

        Assert.Contains(indented, Generate(Spec).Sources["Small.CpuKernels.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_that_is_shown_is_reported()
    {
        GeneratorHost host = Generate(Spec.Replace("sharding: 3", "sharding: 5", StringComparison.Ordinal));

        string shown = Block(readme, "", "small.tint.yaml(").Replace('\n', ' ').Trim();
        Assert.Equal(shown, Assert.Single(host.Diagnostics).ToString());
    }

    [Fact]
    public void Links_of_every_page_lead_to_files_that_are_there()
    {
        string[] folders = ["generators", "specs", "src", "tests"];
        string[] pages = [
            RepositoryFiles.InRepository("README.md"),
            .. folders.SelectMany(folder => Directory.GetFiles(RepositoryFiles.InRepository(folder), "*.md", SearchOption.AllDirectories))
                .Where(page => !page.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
        ];

        Assert.True(pages.Length > 10);
        Assert.Empty(
            from page in pages
            from Match link in Regex.Matches(File.ReadAllText(page), @"\]\((?<target>[^)\s#]+)[^)]*\)")
            let target = link.Groups["target"].Value
            where !target.StartsWith("https://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
            select $"{page}: {target}");
    }

    private static GeneratorHost Generate(string spec) => new(new MemoryText("small.tint.yaml", spec));

    private static string Read(params string[] path) => File.ReadAllText(RepositoryFiles.InRepository(path)).ReplaceLineEndings("\n");

    /// <summary>The fenced block of a language that has a text in it.</summary>
    private static string Block(string page, string language, string text) =>
        Assert.Single(
            Regex.Matches(page, "^```(?<language>.*)\n(?<block>(?:(?!```).*\n)*)```$", RegexOptions.Multiline),
            match => match.Groups["language"].Value == language && match.Groups["block"].Value.Contains(text, StringComparison.Ordinal)).Groups["block"].Value;
}
