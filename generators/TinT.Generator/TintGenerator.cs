using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TinT.Compiler;
using TinT.Compiler.Diagnostics;

namespace TinT.Generator;

/// <summary>Compiles every <c>*.tint.yaml</c> among the additional files into a simulator class, and into one for GPUs if the project references ILGPU.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TintGenerator : IIncrementalGenerator
{
    private const string SpecExtension = ".tint.yaml";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<GpuCode> gpu = context.CompilationProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => FindGpuCode.Run(pair.Left, pair.Right.GlobalOptions))
            .WithTrackingName(TrackingNames.FindIlgpu);

        IncrementalValuesProvider<CompiledSpec> compiled = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(SpecExtension, StringComparison.OrdinalIgnoreCase))
            .Select(static (file, cancellation) => new SpecFile(file.Path, file.GetText(cancellation)?.ToString() ?? string.Empty))
            .WithTrackingName(TrackingNames.ReadSpecs)
            .Combine(gpu)
            .Select(static (pair, _) => new CompiledSpec(pair.Left.Path, SpecCompiler.Compile(pair.Left.Text, pair.Left.Path, gpu: pair.Right != GpuCode.None)))
            .WithTrackingName(TrackingNames.CompileSpecs);

        IncrementalValueProvider<EquatableArray<string>> sharedNames = compiled
            .Select(static (spec, _) => spec.Result.Model?.Value)
            .Collect()
            .Select(static (names, _) => FindShared(names.OfType<string>()))
            .WithTrackingName(TrackingNames.FindSharedNames);

        IncrementalValuesProvider<CompiledSpec> checkedSpecs = compiled.Combine(sharedNames).Select(static (pair, _) => RefuseSharedName(pair.Left, pair.Right));

        IncrementalValueProvider<bool> bringsHost = compiled
            .Where(static spec => spec.Result.Succeeded)
            .Select(static (_, _) => true)
            .Collect()
            .Combine(gpu)
            .Select(static (pair, _) => pair.Right == GpuCode.KernelsAndHost && !pair.Left.IsEmpty)
            .WithTrackingName(TrackingNames.BringHost);

        context.RegisterSourceOutput(
            checkedSpecs
                .Where(static spec => !spec.Result.Succeeded)
                .WithTrackingName(TrackingNames.ReportDiagnostics),
            static (output, spec) =>
            {
                foreach (SpecDiagnostic diagnostic in spec.Result.Diagnostics)
                    output.ReportDiagnostic(DiagnosticMapping.ToRoslyn(diagnostic, spec.Path));
            });
        context.RegisterSourceOutput(
            checkedSpecs
                .SelectMany(static (spec, _) => spec.Result.Sources)
                .WithTrackingName(TrackingNames.AddSources),
            static (output, source) => Add(output, source));
        context.RegisterSourceOutput(bringsHost, static (output, brings) =>
        {
            if (!brings)
                return;
            foreach (GeneratedSource source in GpuHostSources.All)
                Add(output, source);
        });
    }

    private static void Add(SourceProductionContext output, GeneratedSource source) =>
        output.AddSource(source.HintName, SourceText.From(source.Text, GeneratedSource.Encoding));

    /// <summary>Names of generated files do not tell letter cases apart, so neither may names of models.</summary>
    private static EquatableArray<string> FindShared(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToEquatableArray();

    /// <summary>Two specs of one name would make the same files: neither is generated, both are told.</summary>
    private static CompiledSpec RefuseSharedName(CompiledSpec spec, EquatableArray<string> sharedNames)
    {
        if (!spec.Result.Succeeded || spec.Result.Model is not { } model || !sharedNames.Contains(model.Value, StringComparer.OrdinalIgnoreCase))
            return spec;
        SpecDiagnostic diagnostic = SpecDiagnostic.Create(LoweringDiagnostics.SharedModelName, model.Span, model.Value);
        return spec with { Result = new CompilationResult(model, default, EquatableArray.Create(diagnostic)) };
    }
}
