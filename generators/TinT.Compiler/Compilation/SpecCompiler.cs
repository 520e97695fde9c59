using System.Security.Cryptography;
using System.Text;
using TinT.Compiler.Construction;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Emission;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Verification;

namespace TinT.Compiler.Compilation;

/// <summary>The compiler: one spec's text in, C# sources or diagnostics out. A pure function.</summary>
public static class SpecCompiler
{
    /// <summary>Compiles a spec.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="fileName">File name for comments in the generated code; folders are cut off, so that output does not depend on them.</param>
    /// <param name="options">What generated code is to be; <see langword="null"/> for the defaults.</param>
    public static CompilationResult Compile(string text, string fileName, CodeOptions? options = null)
    {
        options ??= new CodeOptions();
        SpecReadResult read = SpecReader.Read(text);
        options = options with { Namespace = read.Namespace ?? options.Namespace, Access = read.Access ?? options.Access };
        if (read.Spec is not { } spec)
        {
            Spanned<string>? named = read.Model is null ? null : new Spanned<string>(read.Model, default);
            return Refuse(named, options, read.Diagnostics);
        }

        CompiledModel model = Lower(spec) with
        {
            FileName = PrintableText.Shorten(fileName.Substring(fileName.LastIndexOfAny(['/', '\\']) + 1), limit: 255),
            ContentHash = ContentHash(text),
            Namespace = options.Namespace,
            Access = options.Access,
        };
        return Generate(model, options);
    }

    /// <summary>All stages but the last: what the code of a checked spec is written from.</summary>
    /// <param name="spec">The spec.</param>
    public static CompiledModel Lower(ModelSpec spec)
    {
        LayerGraph graph = BuildLayerGraph.Run(spec);
        LoweredPrograms programs = LowerGraph.Run(graph);
        BufferPlan buffers = PlanBuffers.Run(programs.All);
        return new CompiledModel(spec, graph, programs.Processor, programs.Gpus, PlanParameters.Run(programs.All), buffers)
        {
            Violations = VerifyProgram.Run(programs.All)
                .Concat(VerifyBuffers.Run(programs.All, buffers))
                .Concat(CpuWriter.Unwritable(programs.All))
                .ToEquatableArray(),
        };
    }

    /// <summary>The last stage: sources, or what is wrong with the model, which is a defect of the compiler.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What generated code is to be.</param>
    public static CompilationResult Generate(CompiledModel model, CodeOptions options)
    {
        if (model is null)
            throw new ArgumentNullException(nameof(model));
        if (options is null)
            throw new ArgumentNullException(nameof(options));
        EquatableArray<SpecDiagnostic> violations = model.Violations
            .Concat(options.Gpu ? IlgpuWriter.Unwritable(model.GpuProgram) : [])
            .Select(violation => SpecDiagnostic.Create(LoweringDiagnostics.UnsoundProgram, model.Spec.Model.Span, violation))
            .ToEquatableArray();
        if (violations.Count > 0)
            return Refuse(model.Spec.Model, options, violations);
        IEnumerable<GeneratedSource> sources = Write(model with { Timed = options.Timed }, options.Gpu);
        return new CompilationResult(model.Spec.Model, sources.ToEquatableArray(), default) { Options = options, Compiled = model };
    }

    /// <summary>The result for a spec that is not compiled.</summary>
    /// <param name="model">Its model's name, if it could be read.</param>
    /// <param name="options">What generated code was to be.</param>
    /// <param name="diagnostics">Why.</param>
    public static CompilationResult Refuse(Spanned<string>? model, CodeOptions options, EquatableArray<SpecDiagnostic> diagnostics) =>
        new(model, default, diagnostics)
        {
            Options = options,
            Stubs = model is { } named ? StubWriter.Write(named.Value, options).ToEquatableArray() : default,
        };

    private static IEnumerable<GeneratedSource> Write(CompiledModel model, bool gpu)
    {
        yield return LayoutWriter.Write(model);
        yield return CpuWriter.Write(model);
        yield return PassesWriter.Write(model);
        yield return SimulatorWriter.Write(model);
        if (!gpu)
            yield break;
        CompiledModel onGpus = model.OnGpus;
        yield return IlgpuWriter.Write(onGpus);
        yield return GpuPassesWriter.Write(onGpus);
        yield return GpuSimulatorWriter.Write(onGpus);
    }

    /// <summary>SHA-256 of a spec's text with LF line ends, hexadecimal.</summary>
    public static string ContentHash(string text)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n")));
        return string.Concat(hash.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
