using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TinT.Architecture.Tests;

/// <summary>Which file uses which, by the types that their code means: named, created, or with members that are read or called.</summary>
internal static class Uses
{
    /// <summary>What projects get for nothing.</summary>
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>Each pair of two files once.</summary>
    /// <param name="files">Sources, compiled together; what is not among them or part of the framework is not known and left out.</param>
    public static IReadOnlySet<(SourceFile User, SourceFile Used)> Of(IReadOnlyList<SourceFile> files)
    {
        CSharpParseOptions options = new(LanguageVersion.Latest, DocumentationMode.None);
        Dictionary<SyntaxTree, SourceFile> trees = files.ToDictionary(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), options, file.Path));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sources",
            [.. trees.Keys, CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            Framework(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return trees.Keys.AsParallel().SelectMany(tree => UsedIn(compilation.GetSemanticModel(tree)).Distinct().Select(used => (tree, used)))
            .Where(use => use.used != use.tree && trees.ContainsKey(use.used))
            .Select(use => (trees[use.tree], trees[use.used]))
            .ToHashSet();
    }

    private static IEnumerable<SyntaxTree> UsedIn(SemanticModel model) =>
        from node in model.SyntaxTree.GetRoot().DescendantNodes()
        from type in TypesOf(model, node)
        from declaration in type.DeclaringSyntaxReferences
        select declaration.SyntaxTree;

    private static ImmutableArray<INamedTypeSymbol> TypesOf(SemanticModel model, SyntaxNode node)
    {
        ISymbol? symbol = node switch
        {
            // Namespaces in a directive use nothing yet.
            SimpleNameSyntax name when name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null => model.GetSymbolInfo(name).Symbol,
            ImplicitObjectCreationExpressionSyntax creation => model.GetSymbolInfo(creation).Symbol,
            _ => null,
        };
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        return type is null ? [] : [type.OriginalDefinition];
    }

    private static IEnumerable<MetadataReference> Framework()
    {
        string paths = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return paths.Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(
            path => MetadataReference.CreateFromFile(path));
    }
}
