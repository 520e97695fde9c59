using System.Reflection;
using ILGPU.Runtime;
using TinT.Compiler;
using TinT.Compiler.Compilation;
using TinT.Compiler.Emission;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Layout;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Specs compiled with their GPU kernels and loaded on checked devices.</summary>
internal static class GpuCode
{
    private const string Namespace = "TinT.Generated";

    /// <summary>Compiles GPU simulators of specs, without warnings: those of every option are looked for in <see cref="StrictCompilationTests"/>.</summary>
    /// <param name="specs">Texts, file names and forms of the update, each of which has a namespace of its own.</param>
    public static Assembly Compile(IEnumerable<(string Text, string FileName, string Form)> specs) =>
        Compile(specs.Select(spec => (WithForm(spec.Text, spec.Form), spec.FileName, $"{Namespace}.{spec.Form}")), processor: false);

    /// <summary>Compiles GPU simulators of specs.</summary>
    /// <param name="specs">The specs.</param>
    public static Assembly Compile(params SmallSpec[] specs) => Compile(specs.Select(InOneNamespace), processor: false);

    /// <summary>Compiles the GPU simulator of generated files.</summary>
    /// <param name="sources">Names and texts of the files.</param>
    public static Assembly Compile(IEnumerable<(string Name, string Text)> sources) => Compile([(sources, Namespace)], processor: false);

    /// <summary>Compiles simulators of specs for the processor and for GPUs.</summary>
    /// <param name="specs">The specs.</param>
    public static Assembly CompileBoth(params SmallSpec[] specs) => Compile(specs.Select(InOneNamespace), processor: true);

    /// <summary>Compiles the GPU simulator of a model.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    public static Assembly Compile(CompiledModel model)
    {
        IEnumerable<GeneratedSource> sources =
            [LayoutWriter.Write(model), IlgpuWriter.Write(model), GpuPassesWriter.Write(model), GpuSimulatorWriter.Write(model)];
        return Compile(sources.Select(source => (source.HintName, source.Text)));
    }

    /// <summary>A spec with a form of the update.</summary>
    /// <param name="text">Its text, which leaves the form open.</param>
    /// <param name="form">The form.</param>
    public static string WithForm(string text, string form) => text.Replace("training:", $"training:\n  update: {form}", StringComparison.Ordinal);

    /// <summary>What is generated from a spec.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="fileName">Its file name.</param>
    public static IEnumerable<(string Name, string Text)> Sources(string text, string fileName)
    {
        CompilationResult result = SpecCompiler.Compile(text, fileName, new CodeOptions { Gpu = true });
        Assert.Empty(result.Diagnostics);
        return result.Sources.Select(source => (source.HintName, source.Text));
    }

    /// <summary>Loads a checkpoint with a generated GPU simulator.</summary>
    /// <param name="assembly">Compiled code.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="directory">Folder of the checkpoint.</param>
    /// <param name="accelerator">The device.</param>
    /// <param name="form">The form that it was compiled in, if there are several.</param>
    /// <param name="options">Its options; <see langword="null"/> for the defaults.</param>
    public static ISimulator Load(
        Assembly assembly, string model, string directory, Accelerator accelerator, string? form = null, GpuSimulatorOptions? options = null)
    {
        string space = form is null ? Namespace : $"{Namespace}.{form}";
        Type type = assembly.GetType($"{space}.{model}GpuSimulator", throwOnError: true)!;
        return (ISimulator)type.GetMethod("Load")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [directory, accelerator, options], null)!;
    }

    private static Assembly Compile(IEnumerable<(string Text, string FileName, string Namespace)> specs, bool processor) =>
        Compile(specs.Select(spec => (Sources(spec.Text, spec.FileName), spec.Namespace)), processor);

    private static Assembly Compile(IEnumerable<(IEnumerable<(string Name, string Text)> Sources, string Namespace)> models, bool processor)
    {
        var kernels = new SharedKernels();
        var sources = new List<(string Name, string Text)>();
        foreach ((IEnumerable<(string Name, string Text)> model, string space) in models)
        {
            Dictionary<string, string> generated = model.ToDictionary(source => source.Name, source => source.Text, StringComparer.Ordinal);
            string name = generated.Keys.First().Split('.')[0];
            string Source(string part) => generated[$"{name}.{part}.g.cs"].Replace(Namespace, space, StringComparison.Ordinal);
            sources.Add(($"{space}.{name}.Layout.g.cs", Source("Layout")));
            sources.Add(($"{space}.{name}.GpuPasses.g.cs", kernels.Share(Source("GpuPasses"), Source("Layout"), Source("IlgpuKernels"))));
            sources.Add(($"{space}.{name}.GpuSimulator.g.cs", Source("GpuSimulator")));
            if (processor)
                sources.AddRange(new[] { "CpuKernels", "Passes", "Simulator" }.Select(part => ($"{name}.{part}.g.cs", Source(part))));
        }

        return GeneratedCode.LoadUnchecked(sources.Append(("SharedKernels.cs", kernels.Source)));
    }

    private static (string Text, string FileName, string Namespace) InOneNamespace(SmallSpec spec) => (spec.Text, spec.FileName, Namespace);
}
