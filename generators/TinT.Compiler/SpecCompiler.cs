using System.Security.Cryptography;
using System.Text;
using TinT.Compiler.Construction;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Emission;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Verification;

namespace TinT.Compiler;

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

        string name = PrintableText.Shorten(fileName.Substring(fileName.LastIndexOfAny(['/', '\\']) + 1), limit: 255);
        LayerGraph graph = BuildLayerGraph.Run(spec);
        KernelProgram all = LowerGraph.RunForAll(graph);
        BufferPlan buffers = PlanBuffers.Run(all);
        KernelProgram? onGpus = options.Gpu ? LowerGraph.RunForGpus(graph) : null;
        EquatableArray<SpecDiagnostic> violations = VerifyProgram.Run(all)
            .Concat(VerifyBuffers.Run(all, buffers))
            .Concat(CpuWriter.Unwritable(all))
            .Concat(onGpus is null ? [] : IlgpuWriter.Unwritable(onGpus))
            .Select(violation => SpecDiagnostic.Create(LoweringDiagnostics.UnsoundProgram, spec.Model.Span, violation))
            .ToEquatableArray();
        if (violations.Count > 0)
            return Refuse(spec.Model, options, violations);

        var model = new CompiledModel(spec, name, ContentHash(text), graph, LowerGraph.Run(graph), PlanParameters.Run(all), buffers)
        {
            Namespace = options.Namespace,
            Access = options.Access,
            Timed = options.Timed,
        };
        return new CompilationResult(spec.Model, Write(model, onGpus).ToEquatableArray(), default) { Options = options };
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

    private static IEnumerable<GeneratedSource> Write(CompiledModel model, KernelProgram? gpuProgram)
    {
        yield return LayoutWriter.Write(model);
        yield return CpuWriter.Write(model);
        yield return PassesWriter.Write(model);
        yield return SimulatorWriter.Write(model);
        if (gpuProgram is null)
            yield break;
        CompiledModel onGpus = model with { Program = gpuProgram };
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
