using ILGPU.Runtime;
using Ilgpu.Checker.Devices;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;

namespace TinT.Ilgpu.Tests;

/// <summary>Which device is chosen, and what is said when there is none.</summary>
public sealed class GpuDevicesTests
{
    private static CheckedDevice[] Machine =>
    [
        new CheckedCpuDevice("Processor", 16, 16L << 30),
        new CheckedOpenClDevice("Integrated Graphics", 256, 64L << 30),
        new CheckedCudaDevice("Tiny Card", 8, 8L << 30),
        new CheckedCudaDevice("Fast Card", 1024, 4L << 30) { Multiprocessors = 132 },
    ];

    private static CheckedDevice[] WithoutGpu => [new CheckedCpuDevice("Processor", 16, 16L << 30)];

    [Theory]
    [InlineData("auto", "Fast Card", AcceleratorType.Cuda)]
    [InlineData("cuda", "Fast Card", AcceleratorType.Cuda)]
    [InlineData("CUDA", "Fast Card", AcceleratorType.Cuda)]
    [InlineData("opencl", "Integrated Graphics", AcceleratorType.OpenCL)]
    [InlineData("graphics", "Integrated Graphics", AcceleratorType.OpenCL)]
    [InlineData("ilgpu-cpu", "Processor", AcceleratorType.CPU)]
    public void The_device_is_the_one_named_and_CUDA_comes_first(string name, string device, AcceleratorType type)
    {
        using GpuDevice opened = TestDevice.Open(name, Machine);

        Assert.Equal(device, opened.Accelerator.Name);
        Assert.Equal(type, opened.Accelerator.AcceleratorType);
    }

    [Fact]
    public void Devices_are_listed_in_the_order_in_which_they_are_tried_without_those_that_are_too_small()
    {
        Assert.Equal(
            [
                new DeviceDescription("Fast Card", "cuda", 4L << 30, 1024, 32, 132),
                new DeviceDescription("Integrated Graphics", "opencl", 64L << 30, 256, 32, 1),
                new DeviceDescription("Processor", "ilgpu-cpu", 16L << 30, 16, 32, 1),
            ],
            GpuDevices.List(builder => builder.Checked(Machine)));
    }

    [Fact]
    public void A_machine_without_GPUs_is_told_so_and_does_not_run_on_the_CPU_device() => Assert.Equal(
        "There is no GPU: no CUDA device, which needs NVIDIA's driver, and no OpenCL device, which needs a driver of version 2.0 or later with the generic address space. "
        + "Run the simulator of the processor, or open ILGPU's own CPU device by its name, 'ilgpu-cpu', for tests: it is slower by orders of magnitude. Found: Processor (ilgpu-cpu).",
        Assert.Throws<GpuDeviceException>(() => TestDevice.Open("auto", WithoutGpu)).Message);

    [Theory]
    [InlineData("cuda", "There is no device 'cuda'. CUDA devices need NVIDIA's driver. Found: Processor (ilgpu-cpu).")]
    [InlineData("opencl", "There is no device 'opencl'. OpenCL devices need a driver of version 2.0 or later with the generic address space, and the library libOpenCL. Found: Processor (ilgpu-cpu).")]
    [InlineData("Radeon", "There is no device 'Radeon'. Found: Processor (ilgpu-cpu).")]
    public void A_device_that_is_asked_for_is_never_replaced_by_the_CPU(string name, string message) =>
        Assert.Equal(message, Assert.Throws<GpuDeviceException>(() => TestDevice.Open(name, WithoutGpu)).Message);

    [Fact]
    public void A_simulator_says_when_the_memory_is_too_small()
    {
        SmallSpecDevice(1000, out GpuDeviceException failure);

        Assert.StartsWith("Little Card has 1000 bytes of memory and refuses", failure.Message, StringComparison.Ordinal);
        Assert.Contains("use shorter sequences, a smaller model or another device.", failure.Message, StringComparison.Ordinal);
    }

    private static void SmallSpecDevice(long memory, out GpuDeviceException failure)
    {
        var spec = new TinT.Tests.Common.SmallSpec("Little");
        using var folder = new TinT.Tests.Common.TemporaryFolder();
        TinT.Reference.Weights.RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        System.Reflection.Assembly code = GpuCode.Compile(spec);
        using GpuDevice device = TestDevice.Open("cuda", new CheckedCudaDevice("Little Card", 1024, memory));
        failure = Assert.Throws<GpuDeviceException>(() => GpuCode.Load(code, spec.Model, folder.Path, device.Accelerator));
    }
}
