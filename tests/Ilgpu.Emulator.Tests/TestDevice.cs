using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Ilgpu.Emulator.Tests;

/// <summary>A context and an open device.</summary>
internal sealed class TestDevice : IDisposable
{
    private readonly Context context;

    /// <summary>Opens a CPU device.</summary>
    /// <param name="threads">Threads of its groups, a multiple of 4.</param>
    /// <param name="algorithms">Whether XMath has code.</param>
    public TestDevice(int threads = 64, bool algorithms = true)
    {
        context = Context.Create(builder =>
        {
            builder.CPU(new CPUDevice(4, threads / 4, 1));
            if (algorithms)
                builder.EnableAlgorithms();
        });
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
