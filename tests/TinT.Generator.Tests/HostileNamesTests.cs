using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinT.Compiler;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>Whatever a project calls its own types, namespaces and files, generated code means what it meant.</summary>
public sealed class HostileNamesTests
{
    private static readonly SmallSpec Spec = new("Small") { Attention = "exact", Steps = 2 };

    /// <summary>
    /// Every name that occurs in the generated code is a type of the user's, of as many type parameters as it has there: in the global namespace, in every
    /// namespace around the generated code, and in one that is imported everywhere.
    /// </summary>
    [Theory]
    [InlineData("TinT.Generated", "primal")]
    [InlineData("TinT.Generated", "dual")]
    [InlineData("Shop.Models", "primal")]
    [InlineData("Shop.Models.TinT", "dual")]
    [InlineData("Workers", "dual")]
    public void Every_name_of_generated_code_may_be_a_type_of_the_users(string space, string form)
    {
        (string Name, string Text)[] generated = [.. Compile(Spec with { Update = form }, "small.tint.yaml", space).Select(source => (source.HintName, source.Text))];
        (string Name, int Arity)[] names = [.. generated.SelectMany(source => Names(source.Text)).Distinct()];
        Assert.Contains(("MatrixView", 0), names);
        Assert.Contains(("Workers", 0), names);
        Assert.Contains(("TinT", 0), names);
        string[] roots = ["TinT", "System", space.Split('.')[0]];

        var hostile = new List<(string, string)> { ("Usings.cs", "global using Hostile;"), Types("Hostile", names), Types("", names.Where(name => !roots.Contains(name.Name))) };
        string[] parts = space.Split('.');
        for (int length = 1; length <= parts.Length; length++)
        {
            string next = length < parts.Length ? parts[length] : "SmallCode";
            hostile.Add(Types(string.Join('.', parts[..length]), names.Where(name => name.Name != next && name.Name != "SmallSimulator" && (length > 1 || parts[0] != "TinT" || name.Name != "Runtime"))));
        }

        AssertNoErrors([.. generated, .. hostile]);
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

    /// <summary>Identifiers of a source and how many type arguments each has.</summary>
    private static IEnumerable<(string Name, int Arity)> Names(string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        return root.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && SyntaxFacts.GetContextualKeywordKind(token.ValueText) == SyntaxKind.None)
            .Select(token => (token.ValueText, token.Parent is GenericNameSyntax generic ? generic.Arity : 0));
    }

    private static (string Name, string Text) Types(string space, IEnumerable<(string Name, int Arity)> names)
    {
        IEnumerable<string> types = names.Select(name => $"public class {name.Name}{(name.Arity == 0 ? "" : $"<{string.Join(", ", Enumerable.Range(0, name.Arity).Select(index => $"T{index}"))}>")} {{ }}");
        return ($"{space}.Types.cs", space.Length == 0 ? string.Join('\n', types) : $"namespace {space};\n{string.Join('\n', types)}");
    }

    private static void AssertNoErrors(IEnumerable<(string Name, string Text)> sources)
    {
        CSharpCompilation compilation = GeneratedCode.Compilation(sources);
        compilation = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10));
    }

    private static IEnumerable<string> Tokens(string text) => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Select(token => token.Text);
}
