using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using TinT.Compiler;

namespace TinT.Cli.Compilation;

/// <summary>Compiles generated C# to an assembly in memory.</summary>
internal static class SourceCompiler
{
    /// <summary>A compilation without sources; those that grow from it share what they have read of the assemblies this process may load: the framework's and the tool's own.</summary>
    private static readonly Lazy<CSharpCompilation> empty = new(() => CSharpCompilation.Create(
        assemblyName: null,
        references: ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(path => MetadataReference.CreateFromFile(path)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release)));

    /// <summary>Compiles and loads.</summary>
    /// <param name="name">Name of the assembly.</param>
    /// <param name="sources">Generated files.</param>
    /// <param name="cancellationToken">Asked by the C# compiler.</param>
    /// <exception cref="InvalidOperationException">The sources have errors: a defect of the spec compiler.</exception>
    public static Assembly Compile(string name, IEnumerable<GeneratedSource> sources, CancellationToken cancellationToken)
    {
        CSharpParseOptions parsing = new(LanguageVersion.Latest);
        CSharpCompilation compilation = empty.Value.WithAssemblyName(name).AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(
            SourceText.From(source.Text, GeneratedSource.Encoding), parsing, source.HintName, cancellationToken)));

        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image, cancellationToken: cancellationToken);
        if (!result.Success)
        {
            throw new InvalidOperationException(
                $"The code generated for {name} does not compile, which is a defect of the spec compiler:\n{string.Join('\n', result.Diagnostics)}");
        }

        image.Position = 0;
        return new AssemblyLoadContext(name).LoadFromStream(image);
    }
}
