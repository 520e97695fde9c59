using System.Reflection;
using ILGPU.Runtime;
using TinT.Compiler;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Specs compiled with their GPU kernels and loaded on emulated devices.</summary>
internal static class GpuCode
{
    /// <summary>Compiles specs and everything generated from them, without warnings: those of every option are looked for in <see cref="KernelSurfaceTests"/>.</summary>
    /// <param name="specs">Texts and file names.</param>
    public static Assembly Compile(params (string Text, string FileName)[] specs) =>
        GeneratedCode.LoadUnchecked(specs.SelectMany(spec => Sources(spec.Text, spec.FileName)));

    /// <summary>Compiles specs with the kernels of one class of devices only, which takes half the time.</summary>
    /// <param name="kernels"><c>Wide</c> or <c>Narrow</c>.</param>
    /// <param name="specs">The specs.</param>
    public static Assembly Compile(string kernels, params SmallSpec[] specs)
    {
        string others = kernels == "Wide" ? "Narrow" : "Wide";
        IEnumerable<(string Name, string Text)> sources = specs
            .SelectMany(spec => Sources(spec.Text, spec.FileName))
            .Where(source => !source.Name.EndsWith($".{others}IlgpuKernels.g.cs", StringComparison.Ordinal));
        string aliases = string.Concat(specs.Select(spec => $"global using {spec.Model}{others}IlgpuKernels = TinT.Generated.{spec.Model}{kernels}IlgpuKernels;\n"));
        return GeneratedCode.LoadUnchecked(sources.Append(("Aliases.cs", aliases)));
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
        CompilationResult result = SpecCompiler.Compile(text, fileName, gpu: true);
        Assert.Empty(result.Diagnostics);
        return result.Sources.Select(source => (source.HintName, source.Text));
    }

    /// <summary>Loads a checkpoint with a generated GPU simulator.</summary>
    /// <param name="assembly">Compiled code.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="directory">Folder of the checkpoint.</param>
    /// <param name="accelerator">The device.</param>
    public static ISimulator Load(Assembly assembly, string model, string directory, Accelerator accelerator)
    {
        Type type = assembly.GetType($"TinT.Generated.{model}GpuSimulator", throwOnError: true)!;
        return (ISimulator)type.GetMethod("Load")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [directory, accelerator], null)!;
    }
}
