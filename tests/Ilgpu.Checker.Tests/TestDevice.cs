using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Devices;

namespace Ilgpu.Checker.Tests;

/// <summary>A context and an open device.</summary>
internal sealed class TestDevice : IDisposable
{
    private readonly Context context;

    /// <summary>Opens a device.</summary>
    /// <param name="threads">Threads of its groups.</param>
    /// <param name="memory">Bytes of memory.</param>
    public TestDevice(int threads = 64, long memory = 1 << 20)
    {
        context = Context.Create(builder => builder.Checked(new CheckedCudaDevice("Card", threads, memory)).EnableAlgorithms());
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
