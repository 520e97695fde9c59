using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using TinT.Compiler;
using TinT.Compiler.Compilation;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Devices.Tests.Compiling;

/// <summary>
/// Every kernel of every shipped spec for wide groups, which are those of GPUs; for narrow groups, which no CUDA device takes, those of the smallest
/// spec of each architecture, from which the others differ in sizes. What is the same in text and in every constant is there once.
/// </summary>
public sealed partial class ShippedKernels : IDisposable
{
    private static readonly string[] Smallest = ["Gpt2", "Opt125M"];

    private readonly GpuDevice device = GpuDevices.Open(DeviceKinds.IlgpuCpu);

    /// <summary>Compiles the C# of the kernels.</summary>
    public ShippedKernels()
    {
        var kernels = new SharedKernels();
        HashSet<string> names = new(StringComparer.Ordinal);
        List<string> largest = [];
        foreach (string path in Directory.EnumerateFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Order(StringComparer.Ordinal))
        {
            CompilationResult result = SpecCompiler.Compile(File.ReadAllText(path), path, new CodeOptions { Gpu = true });
            Assert.Empty(result.Diagnostics);
            string Source(string part) => result.Sources.Single(source => source.HintName.EndsWith($".{part}.g.cs", StringComparison.Ordinal)).Text;
            string model = result.Sources[0].HintName.Split('.')[0];
            string loaded = Source("GpuPasses");
            if (!Smallest.Contains(model))
                loaded = loaded.Replace("<NarrowGroup>", "<WideGroup>", StringComparison.Ordinal);
            string[] own = [.. LoadedKernel().Matches(kernels.Share(loaded, Source("Layout"), Source("IlgpuKernels"))).Select(match => match.Value)];
            names.UnionWith(own);
            if (model == "Gpt2")
                largest.AddRange(own.Where(name => name.Contains($"<{nameof(WideGroup)}>", StringComparison.Ordinal)));
        }

        Assembly code = GeneratedCode.LoadUnchecked([("Kernels.cs", kernels.Source)]);
        All = [.. names.Select(name => MethodOf(code, name))];
        WideOfGpt2 = [.. largest.Distinct().Select(name => MethodOf(code, name))];
    }

    /// <summary>The kernels.</summary>
    public IReadOnlyList<MethodInfo> All { get; }

    /// <summary>Those of GPT-2 for wide groups.</summary>
    public IReadOnlyList<MethodInfo> WideOfGpt2 { get; }

    /// <summary>A context as the product makes them, with its level of optimization.</summary>
    public Context Context => device.Accelerator.Context;

    /// <summary>What a kernel's code calls itself.</summary>
    /// <param name="kernel">The kernel.</param>
    public static string EntryOf(MethodInfo kernel) => $"Kernel_{kernel.Name}";

    /// <summary>Compiles a kernel, for the kind of launch that loads it on a device.</summary>
    /// <param name="backend">What compiles it.</param>
    /// <param name="kernel">The kernel.</param>
    /// <returns>The kernel's code.</returns>
    public static CompiledKernel Compile(Backend backend, MethodInfo kernel) => backend.Compile(
        kernel.GetParameters()[0].ParameterType == typeof(Index1D) ? EntryPointDescription.FromImplicitlyGroupedKernel(kernel) : EntryPointDescription.FromExplicitlyGroupedKernel(kernel),
        KernelSpecialization.Empty);

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();

    private static MethodInfo MethodOf(Assembly code, string name)
    {
        GroupCollection parts = LoadedKernel().Match(name).Groups;
        Type shape = parts["group"].Value == nameof(WideGroup) ? typeof(WideGroup) : typeof(NarrowGroup);
        return code.GetType($"{CodeOptions.DefaultNamespace}.{parts["class"].Value}`1", throwOnError: true)!.MakeGenericType(shape).GetMethod(parts["member"].Value)!;
    }

    [GeneratedRegex(@"\b(?<class>Shared\d+)<(?<group>\w+)>\.(?<member>\w+)")]
    private static partial Regex LoadedKernel();
}
