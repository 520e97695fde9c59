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
    /// <summary>Compiles and loads.</summary>
    /// <param name="name">Name of the assembly.</param>
    /// <param name="sources">Generated files.</param>
    /// <param name="cancellationToken">Asked by the C# compiler.</param>
    /// <exception cref="InvalidOperationException">The sources have errors: a defect of the spec compiler.</exception>
    public static Assembly Compile(string name, IEnumerable<GeneratedSource> sources, CancellationToken cancellationToken)
    {
        CSharpParseOptions parsing = new(LanguageVersion.Latest);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(
                SourceText.From(source.Text, GeneratedSource.Encoding), parsing, source.HintName, cancellationToken)),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

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

    /// <summary>The assemblies this process may load: the framework's and the tool's own.</summary>
    private static IEnumerable<MetadataReference> References()
    {
        string paths = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return paths.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(path => MetadataReference.CreateFromFile(path));
    }
}
