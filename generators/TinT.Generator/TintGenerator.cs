using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TinT.Compiler;
using TinT.Compiler.Compilation;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Model;

namespace TinT.Generator;

/// <summary>Compiles every <c>*.tint.yaml</c> among the additional files into a simulator class, and into one for GPUs if the project has the package TinT.Compiler.Gpu.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TintGenerator : IIncrementalGenerator
{
    private const string SpecExtension = ".tint.yaml";
    private const string OtherExtension = ".tint.yml";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool> gpu = context.CompilationProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => FindGpuHost.Run(pair.Left, pair.Right.GlobalOptions))
            .WithTrackingName(TrackingNames.FindGpuHost);

        IncrementalValueProvider<ProjectSettings> settings = context.AnalyzerConfigOptionsProvider
            .Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => ProjectSettings.Read(pair.Left.GlobalOptions, ((CSharpParseOptions)pair.Right).LanguageVersion))
            .WithTrackingName(TrackingNames.ReadSettings);

        IncrementalValuesProvider<CompiledSpec> compiled = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(SpecExtension, StringComparison.OrdinalIgnoreCase))
            .Select(static (file, cancellation) => new SpecFile(file.Path, file.GetText(cancellation)?.ToString() ?? string.Empty))
            .WithTrackingName(TrackingNames.ReadSpecs)
            .Combine(gpu.Combine(settings))
            .Select(static (pair, _) => Compile(pair.Left, pair.Right.Left, pair.Right.Right))
            .WithTrackingName(TrackingNames.CompileSpecs);

        IncrementalValueProvider<EquatableArray<Conflict>> conflicts = compiled
            .Select(static (spec, _) => new NamedSpec(spec.Path, spec.Result.Model))
            .Collect()
            .Select(static (specs, _) => FindConflicts(specs))
            .WithTrackingName(TrackingNames.FindConflicts);

        IncrementalValuesProvider<CompiledSpec> checkedSpecs = compiled.Combine(conflicts).Select(static (pair, _) => RefuseConflict(pair.Left, pair.Right));

        // What is wrong with the project is told once, at the first of its specs.
        IncrementalValueProvider<CompiledSpec?> project = compiled
            .Select(static (spec, _) => spec.Path)
            .Collect()
            .Combine(settings)
            .Select(static (pair, _) => pair.Left.IsEmpty || pair.Right.Mistakes.Count == 0
                ? null
                : new CompiledSpec(pair.Left.OrderBy(path => path, StringComparer.Ordinal).First(), new CompilationResult(null, default, pair.Right.Mistakes)));
        context.RegisterSourceOutput(project, static (output, mistakes) => Report(output, mistakes));

        context.RegisterSourceOutput(
            checkedSpecs
                .Where(static spec => !spec.Result.Succeeded)
                .WithTrackingName(TrackingNames.ReportDiagnostics),
            static (output, spec) => Report(output, spec));
        context.RegisterSourceOutput(
            checkedSpecs
                .SelectMany(static (spec, _) => spec.Result.Sources.Concat(spec.Result.Stubs))
                .WithTrackingName(TrackingNames.AddSources),
            static (output, source) => Add(output, source));
        context.RegisterSourceOutput(
            context.AdditionalTextsProvider.Where(static file => file.Path.EndsWith(OtherExtension, StringComparison.OrdinalIgnoreCase)).Select(
                static (file, _) => file.Path),
            static (output, path) => output.ReportDiagnostic(DiagnosticMapping.ToRoslyn(OtherExtensionAt(path), path)));
    }

    private static CompiledSpec Compile(SpecFile spec, bool gpu, ProjectSettings settings)
    {
        CodeOptions options = new() { Namespace = settings.Namespace, Access = settings.Access, Gpu = gpu };
        CompilationResult result = SpecCompiler.Compile(spec.Text, spec.Path, options) with { Compiled = null };
        return new CompiledSpec(
            spec.Path, settings.Mistakes.Count > 0 && result.Succeeded ? SpecCompiler.Refuse(result.Model, result.Options, default) : result);
    }

    private static void Report(SourceProductionContext output, CompiledSpec? spec)
    {
        foreach (SpecDiagnostic diagnostic in spec?.Result.Diagnostics ?? default)
            output.ReportDiagnostic(DiagnosticMapping.ToRoslyn(diagnostic, spec!.Path));
    }

    private static SpecDiagnostic OtherExtensionAt(string path)
    {
        string name = System.IO.Path.GetFileName(path);
        string mended = name.Substring(0, name.Length - OtherExtension.Length) + SpecExtension;
        return SpecDiagnostic.Create(LoweringDiagnostics.OtherExtension, SourceSpan.OfFile, PrintableText.Shorten(mended, limit: 300));
    }

    private static void Add(SourceProductionContext output, GeneratedSource source) =>
        output.AddSource(source.HintName, SourceText.From(source.Text, GeneratedSource.Encoding));

    private static EquatableArray<Conflict> FindConflicts(IEnumerable<NamedSpec> specs)
    {
        NamedSpec[] named = [.. specs.Where(spec => spec.Model is not null).OrderBy(spec => spec.Path, StringComparer.Ordinal)];
        HashSet<string> firsts = [.. named.GroupBy(spec => spec.Model!.Value.Value, StringComparer.OrdinalIgnoreCase).Select(group => group.First().Path)];
        return ModelConflicts.Find([.. named.Select(spec => (spec.Path, spec.Model!.Value))])
            .OrderBy(conflict => conflict.Key, StringComparer.Ordinal)
            .Select(conflict => new Conflict(conflict.Key, firsts.Contains(conflict.Key), conflict.Value))
            .ToEquatableArray();
    }

    /// <summary>Two specs that would make the same files or classes: neither is generated, both are told. What both would be called is a stub once.</summary>
    private static CompiledSpec RefuseConflict(CompiledSpec spec, EquatableArray<Conflict> conflicts)
    {
        if (conflicts.FirstOrDefault(conflict => conflict.Path == spec.Path) is not { } found)
            return spec;
        CompilationResult result = spec.Result;
        CompilationResult refused = SpecCompiler.Refuse(
            result.Model, result.Options with { Gpu = false }, result.Succeeded ? EquatableArray.Create(found.Diagnostic) : result.Diagnostics);
        return spec with { Result = found.IsFirst ? refused : refused with { Stubs = default } };
    }

    /// <summary>A spec and its model's name.</summary>
    private sealed record NamedSpec(string Path, Spanned<string>? Model);

    /// <summary>A spec that would make what another one makes.</summary>
    /// <param name="Path">The spec.</param>
    /// <param name="IsFirst">Whether it is the first with its model's name.</param>
    /// <param name="Diagnostic">What is wrong.</param>
    private sealed record Conflict(string Path, bool IsFirst, SpecDiagnostic Diagnostic);
}
