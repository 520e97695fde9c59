using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TinT.Generator.Tests;

/// <summary>A project with specs in an editor: the generator runs after each edit and tells what it recomputed.</summary>
/// <remarks>Every run is followed by one without any edit, in which no step may compute anything.</remarks>
internal sealed class GeneratorHost
{
    private static readonly string[] TrackedSteps =
    [
        TrackingNames.ReadSpecs, TrackingNames.FindGpuHost, TrackingNames.CompileSpecs, TrackingNames.ReadSettings, TrackingNames.FindConflicts, TrackingNames.ReportDiagnostics, TrackingNames.AddSources,
    ];

    private readonly Dictionary<string, MemoryText> files = new(StringComparer.Ordinal);
    private GeneratorDriver driver;
    private CSharpCompilation compilation;

    /// <summary>Opens a project and runs the generator.</summary>
    /// <param name="files">Additional files.</param>
    public GeneratorHost(params MemoryText[] files)
        : this(LanguageVersion.Latest, files)
    {
    }

    /// <summary>Opens a project in a version of C# and runs the generator.</summary>
    /// <param name="language">The version.</param>
    /// <param name="files">Additional files.</param>
    public GeneratorHost(LanguageVersion language, params MemoryText[] files)
    {
        foreach (MemoryText file in files)
            this.files.Add(file.Path, file);
        driver = CSharpGeneratorDriver.Create(
            [new TintGenerator().AsSourceGenerator()],
            files,
            CSharpParseOptions.Default.WithLanguageVersion(language),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        compilation = CSharpCompilation.Create(
            "Project", [CSharpSyntaxTree.ParseText("class Program { }", CSharpParseOptions.Default.WithLanguageVersion(language), path: "Program.cs")]);
        Result = Run();
    }

    /// <summary>Outcome of the run after the last edit.</summary>
    public GeneratorRunResult Result { get; private set; }

    /// <summary>Generated files, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>Names of the generated files that are no stubs.</summary>
    public IEnumerable<string> Compiled =>
        Sources.Where(source => !source.Value.Contains("// Stands in for", StringComparison.Ordinal)).Select(source => source.Key).Order(
            StringComparer.Ordinal);

    /// <summary>Diagnostics, by file and place.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics =>
        [.. Result.Diagnostics
            .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];

    /// <summary>Replaces or adds an additional file and runs the generator again.</summary>
    public void Edit(MemoryText file)
    {
        driver = files.TryGetValue(file.Path, out MemoryText? old)
            ? driver.ReplaceAdditionalText(old, file)
            : driver.AddAdditionalTexts([file]);
        files[file.Path] = file;
        Result = Run();
    }

    /// <summary>Removes an additional file and runs the generator again.</summary>
    public void Remove(string path)
    {
        driver = driver.RemoveAdditionalTexts([files[path]]);
        files.Remove(path);
        Result = Run();
    }

    /// <summary>Changes the project's only C# file and runs the generator again.</summary>
    public void EditCode(string code)
    {
        SyntaxTree old = compilation.SyntaxTrees[0];
        compilation = compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(code, path: old.FilePath));
        Result = Run();
    }

    /// <summary>References an assembly and runs the generator again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="code">Its code.</param>
    public void Reference(string name, string code = "")
    {
        CSharpCompilation assembly = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        compilation = compilation.AddReferences(assembly.ToMetadataReference());
        Result = Run();
    }

    /// <summary>Sets the only property of the project file and runs the generator again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void SetProperty(string name, string value)
    {
        driver = driver.WithUpdatedAnalyzerConfigOptions(new ProjectProperty(name, value));
        Result = Run();
    }

    /// <summary>What became of the outputs of a step in the last run.</summary>
    /// <param name="step">One of <see cref="TrackingNames"/>.</param>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) => [.. OutputsOf(Result, step).Select(output => output.Reason)];

    /// <summary>Models whose specs were compiled in the last run.</summary>
    public IReadOnlyList<string?> CompiledModels =>
        [.. OutputsOf(Result, TrackingNames.CompileSpecs)
            .Where(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
            .Select(output => ((CompiledSpec)output.Value).Result.Model?.Value)];

    private GeneratorRunResult Run()
    {
        driver = driver.RunGenerators(compilation);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);

        GeneratorDriver again = driver.RunGenerators(compilation.Clone());
        GeneratorRunResult repeated = again.GetRunResult().Results.Single();
        Assert.Equal(Texts(result), Texts(repeated));
        foreach (string step in TrackedSteps)
        {
            Assert.All(
                OutputsOf(repeated, step),
                output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} was {output.Reason}."));
        }

        Assert.All(repeated.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => Assert.Equal(
            IncrementalStepRunReason.Cached, output.Reason));
        return result;
    }

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> OutputsOf(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs) ? runs.SelectMany(run => run.Outputs) : [];

    private static IEnumerable<(string, string)> Texts(GeneratorRunResult result) =>
        result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString()));
}
