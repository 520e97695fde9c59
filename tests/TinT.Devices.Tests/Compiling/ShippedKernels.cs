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
/// Every kernel of the smallest shipped specs of GPT-2 and OPT, and of the largest, for wide groups, which are those of GPUs; for narrow groups, which no CUDA
/// device takes, those of the smallest. What is the same in text and in every constant is there once. Of the other specs come the kernels that differ
/// from all before in more than numbers, for wide groups.
/// </summary>
public sealed partial class ShippedKernels : IDisposable
{
    private static readonly string[] Smallest = ["Gpt2", "Opt125M"];

    private static readonly string[] Ends = ["byte-gpt2", "gpt2", "gpt2-xl", "opt-125m", "opt-2.7b"];

    private readonly GpuDevice device = GpuDevices.Open(DeviceKinds.IlgpuCpu);

    /// <summary>Compiles the C# of the kernels.</summary>
    public ShippedKernels()
    {
        var kernels = new SharedKernels();
        HashSet<string> names = new(StringComparer.Ordinal);
        List<string> largest = [];
        HashSet<string> forms = new(StringComparer.Ordinal);
        string[] specs = Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml");
        foreach (string path in specs.OrderBy(path => !IsAnEnd(path)).ThenBy(path => path, StringComparer.Ordinal))
        {
            CompilationResult result = SpecCompiler.Compile(File.ReadAllText(path), path, new CodeOptions { Gpu = true });
            Assert.Empty(result.Diagnostics);
            string Source(string part) => result.Sources.Single(source => source.HintName.EndsWith($".{part}.g.cs", StringComparison.Ordinal)).Text;
            string model = result.Sources[0].HintName.Split('.')[0];
            string loaded = Source("GpuPasses");
            if (!Smallest.Contains(model))
                loaded = loaded.Replace("<NarrowGroup>", "<WideGroup>", StringComparison.Ordinal);
            string[] own = [.. LoadedKernel().Matches(kernels.Share(loaded, Source("Layout"), Source("IlgpuKernels"))).Select(match => match.Value)];
            bool[] isNew = [.. own.Select(name => forms.Add(FormOf(name, Source("IlgpuKernels"))))];
            names.UnionWith(IsAnEnd(path) ? own : own.Where((_, index) => isNew[index]));
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
        kernel.GetParameters()[0].ParameterType == typeof(Index1D)
            ? EntryPointDescription.FromImplicitlyGroupedKernel(kernel)
            : EntryPointDescription.FromExplicitlyGroupedKernel(kernel),
        KernelSpecialization.Empty);

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();

    private static bool IsAnEnd(string path) => Ends.Contains(Path.GetFileName(path).Replace(".tint.yaml", string.Empty, StringComparison.Ordinal));

    /// <summary>What a kernel calls, without numbers and names of parameters' sizes.</summary>
    private static string FormOf(string name, string kernels)
    {
        string member = LoadedKernel().Match(name).Groups["member"].Value;
        string text = Regex.Match(kernels, $@"public static void {member}\([^;]*;").Value;
        return LoadedKernel().Match(name).Groups["group"].Value + Number().Replace(text[text.IndexOf("=>", StringComparison.Ordinal)..], "0");
    }

    private static MethodInfo MethodOf(Assembly code, string name)
    {
        GroupCollection parts = LoadedKernel().Match(name).Groups;
        Type shape = parts["group"].Value == nameof(WideGroup) ? typeof(WideGroup) : typeof(NarrowGroup);
        return code.GetType($"{CodeOptions.DefaultNamespace}.{parts["class"].Value}`1", throwOnError: true)!.MakeGenericType(shape)
            .GetMethod(parts["member"].Value)!;
    }

    [GeneratedRegex(@"\b\d[\d.eEf+-]*")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?<class>Shared\d+)<(?<group>\w+)>\.(?<member>\w+)")]
    private static partial Regex LoadedKernel();
}
