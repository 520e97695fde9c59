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
    /// <param name="timed">Whether the simulator tells the time of every kernel: it then is an <c>ITimedSimulator</c>.</param>
    /// <param name="gpu">Whether GPU kernels and a GPU simulator are wanted as well; they need ILGPU.</param>
    public static CompilationResult Compile(string text, string fileName, bool timed = false, bool gpu = false)
    {
        SpecReadResult read = SpecReader.Read(text);
        if (read.Spec is not { } spec)
            return new CompilationResult(read.Model is null ? null : new Spanned<string>(read.Model, default), default, read.Diagnostics);

        string name = fileName.Substring(fileName.LastIndexOfAny(['/', '\\']) + 1);
        LayerGraph graph = BuildLayerGraph.Run(spec);
        KernelProgram all = LowerGraph.RunForAll(graph);
        BufferPlan buffers = PlanBuffers.Run(all);
        EquatableArray<SpecDiagnostic> violations = VerifyProgram.Run(all)
            .Concat(VerifyBuffers.Run(all, buffers))
            .Select(violation => SpecDiagnostic.Create(LoweringDiagnostics.UnsoundProgram, spec.Model.Span, violation))
            .ToEquatableArray();
        if (violations.Count > 0)
            return new CompilationResult(spec.Model, default, violations);

        var model = new CompiledModel(spec, name, ContentHash(text), graph, LowerGraph.Run(graph), PlanParameters.Run(all), buffers) { Timed = timed };
        return new CompilationResult(
            spec.Model,
            Write(model, gpu).ToEquatableArray(),
            default);
    }

    private static IEnumerable<GeneratedSource> Write(CompiledModel model, bool gpu)
    {
        yield return LayoutWriter.Write(model);
        yield return CpuWriter.Write(model);
        yield return PassesWriter.Write(model);
        yield return SimulatorWriter.Write(model);
        if (!gpu)
            yield break;
        CompiledModel onGpus = model with { Program = LowerGraph.RunForGpus(model.Graph) };
        foreach (GeneratedSource kernels in IlgpuWriter.Write(onGpus))
            yield return kernels;
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
