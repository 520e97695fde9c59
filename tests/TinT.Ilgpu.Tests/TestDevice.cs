using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Devices;
using TinT.Runtime.Ilgpu;

namespace TinT.Ilgpu.Tests;

/// <summary>An open checked device.</summary>
internal sealed class TestDevice : IDisposable
{
    /// <summary>More than any test needs.</summary>
    public const long Memory = 4L << 30;

    private readonly Context context;

    /// <summary>Opens a device.</summary>
    /// <param name="threads">The most threads of a group.</param>
    public TestDevice(int threads)
    {
        context = Context.Create(builder => builder.Checked(new CheckedCudaDevice("Card", threads, Memory)).EnableAlgorithms());
        Accelerator = context.Devices[0].CreateAccelerator(context);
    }

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Opens a device of a machine as the product does.</summary>
    /// <param name="name">What is asked for.</param>
    /// <param name="devices">What the machine has.</param>
    public static GpuDevice Open(string name, params CheckedDevice[] devices) => GpuDevices.Open(name, builder => builder.Checked(devices));

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
    }
}
