using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary><see cref="GpuDevices"/> for programs that are built without ILGPU and look for this class at run time.</summary>
public sealed class GpuDeviceHost : IDeviceHost
{
    /// <inheritdoc/>
    public IReadOnlyList<DeviceDescription> List() => GpuDevices.List();

    /// <inheritdoc/>
    public ISimulatorDevice Open(string name) => GpuDevices.Open(name);
}
