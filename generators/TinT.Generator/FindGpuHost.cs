using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TinT.Generator;

/// <summary>Decides whether a compilation gets GPU simulators: if it references what they call, which the package TinT.Compiler.Gpu brings, and <c>TintGpu</c> is not <c>false</c>.</summary>
internal static class FindGpuHost
{
    private const string Property = "build_property.TintGpu";

    /// <summary>The class whose heirs are generated.</summary>
    private const string HostClass = "TinT.Runtime.Ilgpu.IlgpuSimulator";

    public static bool Run(Compilation compilation, AnalyzerConfigOptions options) =>
        !(options.TryGetValue(Property, out string? wanted) && wanted.Trim().Equals("false", StringComparison.OrdinalIgnoreCase))
        && !compilation.GetTypesByMetadataName(HostClass).IsEmpty;
}
