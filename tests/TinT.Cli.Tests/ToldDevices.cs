using TinT.Runtime.Simulation;

namespace TinT.Cli.Tests;

/// <summary>A machine whose devices are told and not there: what is opened refuses to load, with what it was asked for.</summary>
internal sealed class ToldDevices(params DeviceDescription[] devices) : IDeviceHost
{
    private static readonly DeviceDescription IlgpuCpu = new("CPUAccelerator", DeviceKinds.IlgpuCpu, long.MaxValue, 16, 4, 1);

    /// <summary>A CUDA card, an integrated GPU with more memory, and ILGPU's own device.</summary>
    public static ToldDevices WithGpus { get; } = new(
        new DeviceDescription("Fast Card", DeviceKinds.Cuda, 4L << 30, 1024, 32, 14),
        new DeviceDescription("Integrated Graphics", DeviceKinds.OpenCl, 64L << 30, 256, 32, 1),
        IlgpuCpu);

    /// <summary>A machine with ILGPU's own device alone.</summary>
    public static ToldDevices WithoutGpus { get; } = new(IlgpuCpu);

    /// <inheritdoc/>
    public IReadOnlyList<DeviceDescription> List() => devices;

    /// <inheritdoc/>
    public ISimulatorDevice Open(string name) => new ToldDevice(devices.First(device => name == DeviceKinds.Auto || name == device.Kind), name);

    private sealed class ToldDevice(DeviceDescription description, string name) : ISimulatorDevice
    {
        public DeviceDescription Description => description;

        public ISimulator Load(Type simulator, string directory, bool cuBlas, IProgress<LoadingProgress>? loading) =>
            throw new DeviceException($"{simulator.Name} is not loaded on '{name}', {(cuBlas ? "with" : "without")} cuBLAS.");

        public void Dispose()
        {
        }
    }
}
