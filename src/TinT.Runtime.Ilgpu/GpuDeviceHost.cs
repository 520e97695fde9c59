using ILGPU;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary><see cref="GpuDevices"/> for programs that know devices by <see cref="IDeviceHost"/> alone. ILGPU is loaded when a device is asked for.</summary>
public sealed class GpuDeviceHost : IDeviceHost
{
    private readonly Action<Context.Builder> devices;

    /// <summary>Creates a host of this machine's devices.</summary>
    public GpuDeviceHost()
        : this(GpuDevices.OfMachine)
    {
    }

    /// <summary>Creates a host of other devices.</summary>
    internal GpuDeviceHost(Action<Context.Builder> devices) => this.devices = devices;

    /// <inheritdoc/>
    public IReadOnlyList<DeviceDescription> List() => GpuDevices.List(devices);

    /// <inheritdoc/>
    public ISimulatorDevice Open(string name) => GpuDevices.Open(name, devices);
}
