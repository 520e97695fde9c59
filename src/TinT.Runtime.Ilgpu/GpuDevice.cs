using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu;

/// <summary>An open device with its context.</summary>
public sealed class GpuDevice : IDisposable
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
    }

    /// <summary>The device, for <c>Load</c> of a GPU simulator. A thread other than the one that opened it must call <c>Bind()</c> before it transfers data itself; simulators do so.</summary>
    public Accelerator Accelerator { get; }

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
