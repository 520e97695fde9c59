using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TinT.Tests.Common;

/// <summary>
/// A project that has, for every name that occurs in generated code, a type of that name and of as many type parameters as it has there: in the
/// global namespace, in every namespace around the generated code, and in one that is imported everywhere.
/// </summary>
internal static class HostileTypes
{
    /// <summary>Namespaces that the global namespace cannot have as types as well. Below TinT there are Runtime and Model.</summary>
    private static readonly string[] libraries = ["TinT", "System", "ILGPU"];

    /// <summary>Fails unless generated code compiles in such a project.</summary>
    /// <param name="generated">File names and texts.</param>
    /// <param name="space">Namespace of the classes for users.</param>
    /// <param name="model">Name of the model.</param>
    public static void AssertCompile((string Name, string Text)[] generated, string space, string model)
    {
        (string Name, int Arity)[] names = [.. generated.SelectMany(source => Names(source.Text)).Distinct()];
        Assert.Contains(("ParameterStore", 0), names);
        Assert.Contains(("SequenceRun", 0), names);
        Assert.Contains(("TinT", 0), names);
        string[] parts = space.Split('.');
        List<(string, string)> sources =
        [
            .. generated,
            ("Usings.cs", "global using Hostile;"),
            Types("Hostile", names),
            Types("", names.Where(name => name.Name != parts[0] && !libraries.Contains(name.Name))),
        ];
        for (int length = 1; length <= parts.Length; length++)
        {
            string next = length < parts.Length ? parts[length] : $"{model}Code";
            string[] taken = length == 1 && parts[0] == "TinT" ? [next, "Runtime", "Model"] : [next, $"{model}Simulator", $"{model}GpuSimulator"];
            sources.Add(Types(string.Join('.', parts[..length]), names.Where(name => !taken.Contains(name.Name))));
        }

        CSharpCompilation compilation = GeneratedCode.Compilation(sources);
        compilation = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10));
    }

    /// <summary>Identifiers of a source and how many type arguments each has.</summary>
    private static IEnumerable<(string Name, int Arity)> Names(string text) =>
        CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && SyntaxFacts.GetContextualKeywordKind(token.ValueText) == SyntaxKind.None)
            .Select(token => (token.ValueText, token.Parent is GenericNameSyntax generic ? generic.Arity : 0));

    private static (string Name, string Text) Types(string space, IEnumerable<(string Name, int Arity)> names)
    {
        IEnumerable<string> types = names.Select(name => $"public class {name.Name}{(name.Arity == 0 ? "" : $"<{string.Join(", ", Enumerable.Range(0, name.Arity).Select(index => $"T{index}"))}>")} {{ }}");
        return ($"{space}.Types.cs", space.Length == 0 ? string.Join('\n', types) : $"namespace {space};\n{string.Join('\n', types)}");
    }
}
