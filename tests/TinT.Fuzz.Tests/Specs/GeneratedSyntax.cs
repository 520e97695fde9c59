using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinT.Compiler;
using TinT.Compiler.Compilation;

namespace TinT.Fuzz.Tests.Specs;

/// <summary>What generated code declares, and what the C# parser has to say of it and of its documentation.</summary>
/// <param name="Declarations">Kind and name of every type and member, in order.</param>
/// <param name="Diagnostics">Errors and warnings of the parser.</param>
internal sealed record GeneratedSyntax(IReadOnlyList<string> Declarations, IReadOnlyList<string> Diagnostics)
{
    private static readonly CSharpParseOptions options =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest).WithDocumentationMode(DocumentationMode.Diagnose);

    /// <summary>Parses the sources of a compilation.</summary>
    public static GeneratedSyntax Parse(CompilationResult result)
    {
        List<string> declarations = [];
        List<string> diagnostics = [];
        foreach (GeneratedSource source in result.Sources)
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(source.Text, options, source.HintName);
            diagnostics.AddRange(tree.GetDiagnostics().Select(diagnostic => diagnostic.ToString()));
            declarations.AddRange(tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Select(Describe));
        }

        return new GeneratedSyntax(declarations, diagnostics);
    }

    private static string Describe(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => $"{member.Kind()} {type.Identifier}",
        MethodDeclarationSyntax method => $"{member.Kind()} {method.Identifier}",
        PropertyDeclarationSyntax property => $"{member.Kind()} {property.Identifier}",
        FieldDeclarationSyntax field => $"{member.Kind()} {string.Join(' ', field.Declaration.Variables.Select(variable => variable.Identifier))}",
        _ => member.Kind().ToString(),
    };
}
