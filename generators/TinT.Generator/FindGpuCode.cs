using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TinT.Generator;

/// <summary>Decides whether a compilation gets GPU code, by what it references and by the property <c>TintGpu</c>.</summary>
internal static class FindGpuCode
{
    private const string Property = "build_property.TintGpu";

    /// <summary>The class whose heirs are generated.</summary>
    private const string HostClass = "TinT.Runtime.Ilgpu.IlgpuSimulator";

    /// <summary>What the host and the kernels need: one type of each package.</summary>
    private static readonly string[] IlgpuClasses = ["ILGPU.Context", "ILGPU.Algorithms.XMath"];

    /// <summary>The API that generated code is written for.</summary>
    private const int IlgpuVersion = 1;

    public static GpuCode Run(Compilation compilation, AnalyzerConfigOptions options)
    {
        if (options.TryGetValue(Property, out string? wanted) && wanted.Equals("false", StringComparison.OrdinalIgnoreCase))
            return GpuCode.None;
        foreach (string name in IlgpuClasses)
        {
            if (!compilation.GetTypesByMetadataName(name).Any(type => type.ContainingAssembly.Identity.Version.Major == IlgpuVersion))
                return GpuCode.None;
        }

        return compilation.GetTypesByMetadataName(HostClass).IsEmpty ? GpuCode.KernelsAndHost : GpuCode.Kernels;
    }
}
