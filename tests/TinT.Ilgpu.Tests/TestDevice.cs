using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace TinT.Ilgpu.Tests;

/// <summary>An open emulated device.</summary>
internal sealed class TestDevice : IDisposable
{
    /// <summary>Threads of groups on devices of each class: those of GPUs, and those of ILGPU's own CPU device.</summary>
    public static readonly int[] GroupSizes = [128, 16];

    private readonly Context context;

    /// <summary>Opens a device.</summary>
    /// <param name="threads">The most threads of a group.</param>
    public TestDevice(int threads)
    {
        context = Context.Create(builder => builder.CPU(new CPUDevice(4, threads / 4, 1)).EnableAlgorithms());
        Accelerator = context.Devices[0].CreateAccelerator(context);
    }

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
    }
}
