using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Devices;
using TinT.Reference.Weights;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>What open devices refuse, and what they recover from.</summary>
public sealed class GpuDeviceTests : IDisposable
{
    private static readonly SmallSpec spec = new("Little") { LayerCount = 1, TrainedLayers = 1, Context = 8 };

    private readonly TemporaryFolder folder = new();

    public GpuDeviceTests() => RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_device_that_opens_as_the_CPU_is_refused()
    {
        var card = new CheckedCudaDevice("Failing Card", 1024, TestDevice.Memory) { OpensAs = new CheckedCpuDevice("Processor", 16, TestDevice.Memory) };

        GpuDeviceException failure = Assert.Throws<GpuDeviceException>(() => TestDevice.Open("cuda", card));

        Assert.Equal("Failing Card opened as a device of another kind, CPU.", failure.Message);
    }

    [Fact]
    public void A_kernel_that_does_not_compile_spoils_its_device_until_that_is_opened_again()
    {
        Type simulator = GpuCode.Compile("Narrow", spec).GetType("TinT.Generated.LittleGpuSimulator")!;
        using (GpuDevice device = OpenCard())
        {
            GpuDeviceException first = Assert.Throws<GpuDeviceException>(() => device.Load(typeof(FailingSimulator), folder.Path));
            GpuDeviceException second = Assert.Throws<GpuDeviceException>(() => device.Load(simulator, folder.Path));

            Assert.Equal(
                $"Card refuses the kernels of FailingSimulator: {first.InnerException!.Message} Update its driver, or use another device.",
                first.Message);
            Assert.Equal("Card has refused a kernel, and ILGPU compiles nothing more for it: dispose of the device and open it again.", second.Message);
            Assert.Same(first, second.InnerException);
        }

        using GpuDevice again = OpenCard();
        using ISimulator loaded = again.Load(simulator, folder.Path);
        Assert.Equal(spec.Description, loaded.Description);
    }

    [Fact]
    public void A_simulator_runs_on_another_thread_than_the_one_that_loaded_it()
    {
        Assembly code = GpuCode.Compile("Narrow", spec);
        using GpuDevice device = OpenCard();
        using ISimulator simulator = device.Load(code.GetType("TinT.Generated.LittleGpuSimulator")!, folder.Path);
        var batch = new SimulationBatch(1, 4, [1, 2, 3, 4], [1, 1, 0, 0]);
        float[] here = simulator.Run(batch).LogitsAfter!;

        float[]? there = null;
        var thread = new Thread(() => there = simulator.Run(batch).LogitsAfter);
        thread.Start();
        thread.Join();

        Assert.Equal(here, there);
    }

    [Fact]
    public void A_class_that_is_not_a_GPU_simulator_is_refused()
    {
        using GpuDevice device = OpenCard();

        ArgumentException failure = Assert.Throws<ArgumentException>(() => device.Load(typeof(string), folder.Path));

        Assert.StartsWith("String is not a generated GPU simulator: it has no Load(string, Accelerator, GpuSimulatorOptions).", failure.Message, StringComparison.Ordinal);
    }

    private static GpuDevice OpenCard() => TestDevice.Open("auto", new CheckedCudaDevice("Card", 16, TestDevice.Memory));

    /// <summary>A simulator with a kernel that no device takes.</summary>
    private static class FailingSimulator
    {
        public static ISimulator Load(string directory, Accelerator accelerator, GpuSimulatorOptions? options)
        {
            accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(Throwing);
            throw new InvalidOperationException($"{directory} is loaded with {options}.");
        }

        private static void Throwing(ArrayView1D<float, Stride1D.Dense> x)
        {
            if (Group.IdxX > 3)
                throw new NotSupportedException();
            x[Group.IdxX] = 1;
        }
    }
}
