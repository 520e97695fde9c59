using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>
/// Generated code compiled in memory, as strictly as a user's project may be: every warning is an error, documentation is
/// checked, and there are no implicit usings.
/// </summary>
public static class GeneratedCode
{
    private static readonly CSharpParseOptions ParseOptions =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest).WithDocumentationMode(DocumentationMode.Diagnose);

    private static readonly CSharpCompilationOptions Options =
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithNullableContextOptions(NullableContextOptions.Enable)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
            .WithWarningLevel(9999);

    private static readonly CSharpParseOptions LaxParseOptions = ParseOptions.WithDocumentationMode(DocumentationMode.None);

    private static readonly CSharpCompilationOptions LaxOptions =
        Options.WithNullableContextOptions(NullableContextOptions.Disable).WithGeneralDiagnosticOption(ReportDiagnostic.Suppress);

    private static readonly MetadataReference[] References = FindReferences();

    /// <summary>Compilations without sources; those that grow from them share what they have read of the references.</summary>
    private static readonly CSharpCompilation Strict = CSharpCompilation.Create("Generated", [], References, Options);

    private static readonly CSharpCompilation Lax = CSharpCompilation.Create("Generated", [], References, LaxOptions);

    /// <summary>A compilation of sources.</summary>
    /// <param name="sources">File names and texts.</param>
    public static CSharpCompilation Compilation(IEnumerable<(string Name, string Text)> sources) =>
        Strict.AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, ParseOptions, source.Name, System.Text.Encoding.UTF8)));

    /// <summary>Fails unless sources compile without errors and warnings.</summary>
    /// <param name="sources">File names and texts.</param>
    public static void AssertCompiles(IEnumerable<(string Name, string Text)> sources) =>
        Assert.Empty(Compilation(sources).GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden).Take(10));

    /// <summary>Compiles sources and loads the assembly; fails on any error or warning.</summary>
    /// <param name="sources">File names and texts.</param>
    public static Assembly Load(IEnumerable<(string Name, string Text)> sources) => Load(Compilation(sources));

    /// <summary>Loads the assembly of a compilation; fails on any error or warning.</summary>
    /// <param name="compilation">The compilation.</param>
    public static Assembly Load(CSharpCompilation compilation)
    {
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden).Take(10));
        stream.Position = 0;
        return NewContext().LoadFromStream(stream);
    }

    /// <summary>Loads a checkpoint with a generated simulator.</summary>
    /// <param name="assembly">Compiled code.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="directory">Folder of the checkpoint.</param>
    /// <param name="threads">Threads; <see langword="null"/> for the default.</param>
    public static ISimulator LoadSimulator(Assembly assembly, string model, string directory, int? threads = null)
    {
        return LoadSimulator(assembly, model, directory, threads is { } count ? new SimulatorOptions { Threads = count } : null);
    }

    /// <summary>Loads a checkpoint with a generated simulator.</summary>
    /// <param name="assembly">Compiled code.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="directory">Folder of the checkpoint.</param>
    /// <param name="options">Its options; <see langword="null"/> for the defaults.</param>
    public static ISimulator LoadSimulator(Assembly assembly, string model, string directory, SimulatorOptions? options)
    {
        Type? type = assembly.GetType($"TinT.Generated.{model}Simulator", throwOnError: true);
        return (ISimulator)type!.GetMethod("Load")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [directory, options], null)!;
    }

    /// <summary>
    /// Compiles sources without what only finds warnings, which takes half of the time, and loads the assembly for good, as ILGPU needs it: for specs
    /// that have no option that is not compiled strictly elsewhere.
    /// </summary>
    /// <param name="sources">File names and texts.</param>
    public static Assembly LoadUnchecked(IEnumerable<(string Name, string Text)> sources)
    {
        using var stream = new MemoryStream();
        CSharpCompilation compilation = Lax.AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(
            source.Text.Replace("#nullable enable", string.Empty, StringComparison.Ordinal), LaxParseOptions, source.Name, System.Text.Encoding.UTF8)));
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10));
        stream.Position = 0;
        return NewContext().LoadFromStream(stream);
    }

    /// <summary>ILGPU makes no kernels of code that could be unloaded.</summary>
    private static AssemblyLoadContext NewContext() =>
        new(name: null, isCollectible: !References.Any(reference => Path.GetFileName(reference.Display) == "ILGPU.dll"));

    private static MetadataReference[] FindReferences()
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<string> files = platform.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "TinT.Model.dll" or "TinT.Runtime.dll" or "TinT.Evaluation.dll" or "TinT.Runtime.Ilgpu.dll" or "ILGPU.dll" or "ILGPU.Algorithms.dll" or "netstandard.dll"));
        return [.. files.Select(path => MetadataReference.CreateFromFile(path))];
    }
}
