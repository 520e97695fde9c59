using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary>Finds and opens the devices that GPU simulators run on.</summary>
/// <remarks>
/// ILGPU prefers the device with the most memory, which may be an integrated GPU, and puts its own CPU device in the place of one that it
/// does not find. Here CUDA comes before OpenCL and that before the CPU, and what was asked for by name is that or an error.
/// </remarks>
public static class GpuDevices
{
    /// <summary>The first CUDA device, else the first OpenCL device.</summary>
    public const string Auto = DeviceKinds.Auto;

    /// <summary>All devices that simulators can run on: those of CUDA, those of OpenCL, and ILGPU's own CPU device, which <see cref="Auto"/> never takes.</summary>
    public static IReadOnlyList<DeviceDescription> List() => List(OfMachine);

    /// <summary>Opens a device.</summary>
    /// <param name="name">
    /// <c>auto</c>, <c>cuda</c>, <c>opencl</c>, <c>ilgpu-cpu</c>, or a part of a device's name in either case of letters.
    /// </param>
    /// <exception cref="GpuDeviceException">There is no such device, or its driver does not open it.</exception>
    public static GpuDevice Open(string name = Auto) => Open(name, OfMachine);

    /// <summary>What this machine has.</summary>
    internal static void OfMachine(Context.Builder builder) => builder.Cuda().OpenCL().CPU(CPUDevice.Default);

    /// <summary>As the public method, of other devices than this machine's.</summary>
    internal static IReadOnlyList<DeviceDescription> List(Action<Context.Builder> devices)
    {
        using Context context = CreateContext(devices);
        return [.. Usable(context).Select(Describe)];
    }

    /// <summary>As the public method, of other devices than this machine's.</summary>
    internal static GpuDevice Open(string name, Action<Context.Builder> devices)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Context context = CreateContext(devices);
        try
        {
            Device[] usable = [.. Usable(context)];
            Device device = Array.Find(usable, candidate => Matches(candidate, name)) ?? throw Missing(name, usable);
            return new GpuDevice(context, device);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    private static Context CreateContext(Action<Context.Builder> devices)
    {
        NativeLibraries.ResolveOpenCl();
        return Context.Create(builder =>
        {
            devices(builder.EnableAlgorithms().Optimize(OptimizationLevel.O2));
        });
    }

    private static IEnumerable<Device> Usable(Context context) => context.Devices
        .Where(device => device.MaxNumThreadsPerGroup >= GpuDevice.FewestThreads)
        .OrderBy(device => device.AcceleratorType switch
        {
            AcceleratorType.Cuda => 0,
            AcceleratorType.OpenCL => 1,
            _ => 2,
        });

    private static bool Matches(Device device, string name) => name.ToLowerInvariant() switch
    {
        Auto => device.AcceleratorType != AcceleratorType.CPU,
        DeviceKinds.Cuda => device.AcceleratorType == AcceleratorType.Cuda,
        DeviceKinds.OpenCl => device.AcceleratorType == AcceleratorType.OpenCL,
        DeviceKinds.IlgpuCpu => device.AcceleratorType == AcceleratorType.CPU,
        _ => device.Name.Contains(name, StringComparison.OrdinalIgnoreCase),
    };

    private static GpuDeviceException Missing(string name, Device[] usable)
    {
        string found = $"Found: {string.Join(", ", usable.Select(device => $"{device.Name} ({Kind(device)})"))}.";
        if (name.Equals(Auto, StringComparison.OrdinalIgnoreCase))
        {
            return new GpuDeviceException(
                $"There is no GPU: no CUDA device, which needs NVIDIA's driver, and no OpenCL device, which needs a driver of version 2.0 or later with the generic address space. "
                + $"Run the simulator of the processor, or open ILGPU's own CPU device by its name, '{DeviceKinds.IlgpuCpu}', for tests: it is slower by orders of magnitude. {found}");
        }

        string hint = name.ToLowerInvariant() switch
        {
            DeviceKinds.Cuda => " CUDA devices need NVIDIA's driver.",
            DeviceKinds.OpenCl => " OpenCL devices need a driver of version 2.0 or later with the generic address space, and the library libOpenCL.",
            _ => string.Empty,
        };
        return new GpuDeviceException($"There is no device '{name}'.{hint} {found}");
    }

    internal static DeviceDescription Describe(Device device) =>
        new(device.Name, Kind(device), device.MemorySize, device.MaxNumThreadsPerGroup, device.WarpSize, device.NumMultiprocessors);

    private static string Kind(Device device) => device.AcceleratorType switch
    {
        AcceleratorType.Cuda => DeviceKinds.Cuda,
        AcceleratorType.OpenCL => DeviceKinds.OpenCl,
        _ => DeviceKinds.IlgpuCpu,
    };
}
