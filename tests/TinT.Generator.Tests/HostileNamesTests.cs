using Microsoft.CodeAnalysis.CSharp;
using TinT.Compiler;
using TinT.Compiler.Compilation;
using TinT.Model;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>Whatever a project calls its own types, namespaces and files, generated code means what it meant.</summary>
public sealed class HostileNamesTests
{
    private static readonly SmallSpec Spec = new("Small") { Attention = "exact", Steps = 2 };

    [Theory]
    [InlineData("TinT.Generated", "primal")]
    [InlineData("TinT.Generated", "dual")]
    [InlineData("Shop.Models", "primal")]
    [InlineData("Shop.Models.TinT", "dual")]
    [InlineData("Workers", "dual")]
    public void Every_name_of_generated_code_may_be_a_type_of_the_users(string space, string form)
    {
        (string Name, string Text)[] generated =
            [.. Compile(Spec with { Update = form }, "small.tint.yaml", space).Select(source => (source.HintName, source.Text))];
        HostileTypes.AssertCompile(generated, space, "Small");
    }

    [Theory]
    [InlineData("a\rclass X { }.tint.yaml")]
    [InlineData("a\nclass X { }.tint.yaml")]
    [InlineData("a\u0085class X { }.tint.yaml")]
    [InlineData("a\u2028class X { }.tint.yaml")]
    [InlineData("a\u2029class X { }.tint.yaml")]
    [InlineData("a</remarks><x>&\"*/.tint.yaml")]
    [InlineData("\0\u0001\ufffe\uffff\ud800 \u202e.tint.yaml")]
    public void No_file_name_places_text_as_code(string fileName)
    {
        (string, string)[] expected = [.. Compile(Spec, "a.tint.yaml").Select(source => (source.HintName, source.Text))];
        (string, string)[] actual = [.. Compile(Spec, fileName).Select(source => (source.HintName, source.Text))];

        GeneratedCode.AssertCompiles(actual);
        Assert.Equal(expected.Select(source => Tokens(source.Item2)), actual.Select(source => Tokens(source.Item2)));
    }

    private static EquatableArray<GeneratedSource> Compile(SmallSpec spec, string fileName, string space = CodeOptions.DefaultNamespace)
    {
        CompilationResult result = SpecCompiler.Compile(spec.Text, fileName, new CodeOptions { Namespace = space });
        Assert.Empty(result.Diagnostics);
        return result.Sources;
    }

    private static IEnumerable<string> Tokens(string text) => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Select(token => token.Text);
}
