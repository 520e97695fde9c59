using System.Reflection;
using TinT.Compiler;
using TinT.Compiler.Compilation;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Devices.Tests.Running;

/// <summary>GPU simulators of specs, compiled in memory. Kernels that specs have in common are one method, which a device compiles once.</summary>
internal sealed class GpuCode
{
    private readonly Assembly assembly;

    /// <summary>Compiles specs.</summary>
    /// <param name="specs">Texts, file names, and a part of the namespace for each, so that a model may be there in several forms.</param>
    public GpuCode(IEnumerable<(string Text, string FileName, string Space)> specs)
    {
        var kernels = new SharedKernels();
        List<(string Name, string Text)> sources = [];
        foreach ((string text, string fileName, string space) in specs)
        {
            CompilationResult result = SpecCompiler.Compile(
                text, fileName, new CodeOptions { Gpu = true, Namespace = $"{CodeOptions.DefaultNamespace}.{space}" });
            Assert.Empty(result.Diagnostics);
            string model = result.Sources[0].HintName.Split('.')[0];
            string Source(string part) => result.Sources.Single(source => source.HintName == $"{model}.{part}.g.cs").Text;
            sources.Add(($"{space}.{model}.Layout.g.cs", Source("Layout")));
            sources.Add(($"{space}.{model}.GpuPasses.g.cs", kernels.Share(Source("GpuPasses"), Source("Layout"), Source("IlgpuKernels"))));
            sources.Add(($"{space}.{model}.GpuSimulator.g.cs", Source("GpuSimulator")));
        }

        assembly = GeneratedCode.LoadUnchecked(sources.Append(("SharedKernels.cs", kernels.Source)));
    }

    /// <summary>Loads a checkpoint on a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="space">Part of the spec's namespace.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="directory">Folder of the checkpoint.</param>
    public ISimulator Load(GpuDevice device, string space, string model, string directory) =>
        device.Load(assembly.GetType($"{CodeOptions.DefaultNamespace}.{space}.{model}GpuSimulator", throwOnError: true)!, directory);
}
