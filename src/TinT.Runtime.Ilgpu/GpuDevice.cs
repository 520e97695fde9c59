using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary>An open device with a context of its own: a kernel that fails spoils this device alone.</summary>
public sealed class GpuDevice : ISimulatorDevice
{
    /// <summary>The fewest threads of a group that the kernels need.</summary>
    internal const int FewestThreads = 16;

    private readonly Context context;

    internal GpuDevice(Context context, Device device)
    {
        this.context = context;
        Accelerator = Open(context, device);
        if (Accelerator.AcceleratorType != device.AcceleratorType)
        {
            Accelerator.Dispose();
            throw new GpuDeviceException($"{device.Name} opened as a device of another kind, {Accelerator.AcceleratorType}.");
        }

        Description = GpuDevices.Describe(device);
    }

    /// <inheritdoc/>
    public DeviceDescription Description { get; }

    /// <summary>The device, for <c>Load</c> of a GPU simulator. A thread other than the one that opened it must call <c>Bind()</c> before it transfers data itself; simulators do so.</summary>
    public Accelerator Accelerator { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The class is not a GPU simulator.</exception>
    public ISimulator Load(Type simulator, string directory, bool cuBlas = false, IProgress<LoadingProgress>? loading = null)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        MethodInfo load = simulator.GetMethod("Load", [typeof(string), typeof(Accelerator), typeof(GpuSimulatorOptions)])
            ?? throw new ArgumentException(
                $"{simulator.Name} is not a generated GPU simulator: it has no Load(string, Accelerator, GpuSimulatorOptions).", nameof(simulator));
        return load.CreateDelegate<Func<string, Accelerator, GpuSimulatorOptions?, ISimulator>>()(
            directory, Accelerator, new GpuSimulatorOptions { CuBlas = cuBlas, Loading = loading });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
    }

    private static Accelerator Open(Context context, Device device)
    {
        try
        {
            return device.CreateAccelerator(context);
        }
        catch (Exception refusal) when (refusal is AcceleratorException or NotSupportedException)
        {
            throw new GpuDeviceException($"{device.Name} could not be opened: {refusal.Message}", refusal);
        }
    }
}
