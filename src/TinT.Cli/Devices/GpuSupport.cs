using TinT.Runtime.Simulation;

namespace TinT.Cli.Devices;

/// <summary>Finds the GPU host, which only a build with <c>-p:Gpu=true</c> has: the tool itself knows no GPU library.</summary>
internal static class GpuSupport
{
    private const string HostClass = "TinT.Runtime.Ilgpu.GpuDeviceHost, TinT.Runtime.Ilgpu";

    /// <summary>The host; <see langword="null"/> in a build without GPU support.</summary>
    public static IDeviceHost? Host { get; } = Find(HostClass);

    /// <summary>The host, for what cannot be done without it.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <exception cref="UsageException">This build has no GPU support.</exception>
    public static IDeviceHost Require(string asked) => Host ?? throw new UsageException(
        $"{asked} needs GPU support, which this build of tint does not have: with the packages ILGPU and ILGPU.Algorithms 1.5.3 at hand, "
        + "'dotnet build src/TinT.Cli -c Release -p:Gpu=true' in a clone makes one that has.");

    private static IDeviceHost? Find(string name) =>
        Type.GetType(name, throwOnError: false) is { } host ? (IDeviceHost)Activator.CreateInstance(host)! : null;
}
