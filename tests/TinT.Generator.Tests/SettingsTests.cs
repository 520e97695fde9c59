using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>What a project and its specs say about generated code, and what a build reports if they are wrong: each mistake once.</summary>
public sealed class SettingsTests
{
    private static readonly SmallSpec First = new("First");
    private static readonly SmallSpec Second = new("Second");

    [Fact]
    public void Old_CSharp_is_told_once_and_not_by_the_generated_code()
    {
        var host = new GeneratorHost(LanguageVersion.CSharp11, MemoryText.Of(First), MemoryText.Of(Second));

        Diagnostic diagnostic = Assert.Single(host.Diagnostics);
        Assert.Equal("TINT3003", diagnostic.Id);
        Assert.Contains("compiled as C# 11.0", diagnostic.GetMessage(formatProvider: null), StringComparison.Ordinal);
        Assert.Equal((First.FileName, 0), (Path.GetFileName(diagnostic.Location.GetLineSpan().Path), diagnostic.Location.GetLineSpan().StartLinePosition.Line));
        AssertUsesCompile(host, LanguageVersion.CSharp7_3, "First", "Second");
        Assert.Empty(new GeneratorHost(LanguageVersion.CSharp12, MemoryText.Of(First)).Diagnostics);
    }

    [Fact]
    public void A_spec_with_a_mistake_leaves_classes_for_whatever_uses_them()
    {
        var host = new GeneratorHost(MemoryText.Of(First with { Sharding = 5 }), MemoryText.Of(Second));

        Assert.Equal("TINT2001", Assert.Single(host.Diagnostics).Id);
        AssertUsesCompile(host, LanguageVersion.Latest, "First", "Second");
    }

    [Fact]
    public void A_conflict_leaves_classes_for_whatever_uses_them()
    {
        var host = new GeneratorHost(
            new MemoryText("a.tint.yaml", First.Text), new MemoryText("b.tint.yaml", First.Text), new MemoryText(
                "c.tint.yaml", new SmallSpec("FirstGpu").Text));

        Assert.Equal(["TINT3002", "TINT3002", "TINT3002"], host.Diagnostics.Select(diagnostic => diagnostic.Id));
        AssertUsesCompile(host, LanguageVersion.Latest, "First", "FirstGpu");
    }

    [Fact]
    public void Every_diagnostic_links_to_help() =>
        Assert.EndsWith(
            "Diagnostics/README.md", Assert.Single(new GeneratorHost(MemoryText.Of(First with { Sharding = 5 })).Diagnostics).Descriptor.HelpLinkUri, StringComparison.Ordinal);

    [Fact]
    public void Specs_and_projects_choose_the_namespace_and_who_sees_the_classes()
    {
        var host = new GeneratorHost(MemoryText.Of(First), new MemoryText(Second.FileName, $"namespace: Own.Place\naccess: internal\n{Second.Text}"));
        Assert.Equal([("TinT.Generated", Accessibility.Public), ("Own.Place", Accessibility.Internal)], Places(host, "First", "Second"));

        host.SetProperty("TintNamespace", " Shop.Models ");
        Assert.Equal([("Shop.Models", Accessibility.Public), ("Own.Place", Accessibility.Internal)], Places(host, "First", "Second"));

        host.SetProperty("TintAccess", "internal");
        Assert.Equal([("TinT.Generated", Accessibility.Internal), ("Own.Place", Accessibility.Internal)], Places(host, "First", "Second"));
    }

    [Theory]
    [InlineData("TintNamespace", "Shop.2nd", "'Shop.2nd', which has a part that does not start with a letter.")]
    [InlineData("TintNamespace", "Shop..Models", "'Shop..Models', which has a part that is empty.")]
    [InlineData("TintNamespace", "Shop.class", "'Shop.class', which has a part that is a keyword of C#.")]
    [InlineData("TintNamespace", "Shop\n{ class X { } }", "which has a part that has characters other than letters, digits and underscores.")]
    [InlineData("TintAccess", "Public", "'Public', which is not one of its values.")]
    public void A_wrong_property_is_told_once(string name, string value, string message)
    {
        var host = new GeneratorHost(MemoryText.Of(First), MemoryText.Of(Second));

        host.SetProperty(name, value);

        Diagnostic diagnostic = Assert.Single(host.Diagnostics);
        Assert.Equal("TINT3005", diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(formatProvider: null), StringComparison.Ordinal);
        AssertUsesCompile(host, LanguageVersion.Latest, "First", "Second");
    }

    [Fact]
    public void A_file_with_the_other_extension_is_warned_of()
    {
        var host = new GeneratorHost(new MemoryText("models/first.tint.yml", First.Text));

        Diagnostic diagnostic = Assert.Single(host.Diagnostics);
        Assert.Equal(("TINT3004", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity));
        Assert.Contains("Rename it to 'first.tint.yaml'.", diagnostic.GetMessage(formatProvider: null), StringComparison.Ordinal);
        Assert.Empty(host.Sources);
    }

    private static IEnumerable<(string Namespace, Accessibility Access)> Places(GeneratorHost host, params string[] models)
    {
        Assert.Empty(host.Diagnostics);
        CSharpCompilation compilation = GeneratedCode.Compilation(host.Sources.Select(source => (source.Key, source.Value)));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        return models.Select(model => Assert.Single(compilation.GetSymbolsWithName($"{model}Simulator").OfType<INamedTypeSymbol>()))
            .Select(type => (type.ContainingNamespace.ToDisplayString(), type.DeclaredAccessibility));
    }

    /// <summary>What users write with simulators compiles, beside the stubs, in a version of C#.</summary>
    private static void AssertUsesCompile(GeneratorHost host, LanguageVersion language, params string[] models)
    {
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(language);
        string uses = string.Concat(models.Select(model =>
            $$"""
            class Uses{{model}}
            {
                static float[] Run(string path, TinT.Runtime.Simulation.SimulationBatch batch)
                {
                    using (var simulator = TinT.Generated.{{model}}Simulator.Load(path))
                        return simulator.Description == TinT.Generated.{{model}}Simulator.Model ? simulator.Run(batch).LossesAfter : null;
                }

                object Table() { return TinT.Generated.{{model}}Simulator.ParameterTable; }
            }

            """));
        CSharpCompilation compilation = GeneratedCode.Compilation([]).AddSyntaxTrees(
            host.Sources.Where(source => language == LanguageVersion.Latest || source.Value.Contains("// Stands in for", StringComparison.Ordinal))
                .Append(new("Uses.cs", $"#nullable disable\n{uses}"))
                .Select(source => CSharpSyntaxTree.ParseText(language < LanguageVersion.CSharp8 ? source.Value.Replace("#nullable disable\n", "", StringComparison.Ordinal) : source.Value, options, source.Key)));
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
