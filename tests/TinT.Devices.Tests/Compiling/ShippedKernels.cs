using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using TinT.Compiler;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Devices.Tests.Compiling;

/// <summary>
/// Every kernel of every shipped spec, for both classes of devices. Those that are the same in text and in every constant are there once, which
/// leaves four of five: the others differ in the sizes of the models.
/// </summary>
public sealed partial class ShippedKernels : IDisposable
{
    private readonly GpuDevice device = GpuDevices.Open(DeviceKinds.IlgpuCpu);

    /// <summary>Compiles the C# of the kernels.</summary>
    public ShippedKernels()
    {
        var kernels = new SharedKernels();
        HashSet<(string Class, string Method)> names = [];
        foreach (string path in Directory.EnumerateFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Order(StringComparer.Ordinal))
        {
            CompilationResult result = SpecCompiler.Compile(File.ReadAllText(path), path, new CodeOptions { Gpu = true });
            Assert.Empty(result.Diagnostics);
            string Source(string part) => result.Sources.Single(source => source.HintName.EndsWith($".{part}.g.cs", StringComparison.Ordinal)).Text;
            Dictionary<string, string> classes = result.Sources
                .Where(source => source.HintName.EndsWith("IlgpuKernels.g.cs", StringComparison.Ordinal))
                .ToDictionary(source => source.HintName.Split('.') is var parts ? parts[0] + parts[1] : string.Empty, source => source.Text);
            Assert.Equal(2, classes.Count);
            names.UnionWith(SharedKernel().Matches(kernels.Share(Source("GpuPasses"), Source("Layout"), classes)).Select(match => (match.Groups["class"].Value, match.Groups["method"].Value)));
        }

        Assembly code = GeneratedCode.LoadUnchecked([("Kernels.cs", kernels.Source)]);
        All = [.. names.Select(name => code.GetType($"{CodeOptions.DefaultNamespace}.{name.Class}", throwOnError: true)!.GetMethod(name.Method)!)];
    }

    /// <summary>The kernels.</summary>
    public IReadOnlyList<MethodInfo> All { get; }

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

    [GeneratedRegex(@"\b(?<class>Shared\d+)\.(?<method>\w+)")]
    private static partial Regex SharedKernel();
}
