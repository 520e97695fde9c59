using ILGPU.Runtime;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;

namespace TinT.Ilgpu.Tests;

/// <summary>Which device is chosen, and what is said when there is none.</summary>
public sealed class GpuDevicesTests
{
    private static EmulatedMachine Machine() => new(
        new EmulatedDevice("Integrated Graphics", AcceleratorType.OpenCL, 256, 64L << 30),
        new EmulatedDevice("Tiny Card", AcceleratorType.Cuda, 8, 8L << 30),
        new EmulatedDevice("Fast Card", AcceleratorType.Cuda, 1024, 4L << 30) { Processors = 132 });

    [Theory]
    [InlineData("auto", "Fast Card", AcceleratorType.Cuda)]
    [InlineData("cuda", "Fast Card", AcceleratorType.Cuda)]
    [InlineData("CUDA", "Fast Card", AcceleratorType.Cuda)]
    [InlineData("opencl", "Integrated Graphics", AcceleratorType.OpenCL)]
    [InlineData("graphics", "Integrated Graphics", AcceleratorType.OpenCL)]
    [InlineData("ilgpu-cpu", "CPUAccelerator", AcceleratorType.CPU)]
    public void The_device_is_the_one_named_and_CUDA_comes_first(string name, string device, AcceleratorType type)
    {
        using EmulatedMachine machine = Machine();
        using GpuDevice opened = GpuDevices.Open(name);

        Assert.Equal(device, opened.Accelerator.Name);
        Assert.Equal(type, opened.Accelerator.AcceleratorType);
    }

    [Fact]
    public void Devices_are_listed_in_the_order_in_which_they_are_tried_without_those_that_are_too_small()
    {
        using EmulatedMachine machine = Machine();

        Assert.Equal(
            [
                new DeviceDescription("Fast Card", "cuda", 4L << 30, 1024, 32, 132),
                new DeviceDescription("Integrated Graphics", "opencl", 64L << 30, 256, 32, 1),
                new DeviceDescription("CPUAccelerator", "ilgpu-cpu", long.MaxValue, 16, 4, 1),
            ],
            GpuDevices.List());
    }

    [Fact]
    public void A_machine_without_GPUs_runs_on_the_CPU_device()
    {
        using GpuDevice opened = GpuDevices.Open();

        Assert.Equal(AcceleratorType.CPU, opened.Accelerator.AcceleratorType);
    }

    [Theory]
    [InlineData("cuda", "There is no device 'cuda'. CUDA devices need NVIDIA's driver. Found: CPUAccelerator (ilgpu-cpu).")]
    [InlineData("opencl", "There is no device 'opencl'. OpenCL devices need a driver of version 2.0 or later with the generic address space, and the library libOpenCL. Found: CPUAccelerator (ilgpu-cpu).")]
    [InlineData("Radeon", "There is no device 'Radeon'. Found: CPUAccelerator (ilgpu-cpu).")]
    public void A_device_that_is_asked_for_is_never_replaced_by_the_CPU(string name, string message) =>
        Assert.Equal(message, Assert.Throws<GpuDeviceException>(() => GpuDevices.Open(name)).Message);

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
        System.Reflection.Assembly code = GpuCode.Compile("Narrow", spec);
        using var machine = new EmulatedMachine(new EmulatedDevice("Little Card", AcceleratorType.Cuda, 1024, memory));
        using GpuDevice device = GpuDevices.Open("cuda");
        failure = Assert.Throws<GpuDeviceException>(() => GpuCode.Load(code, spec.Model, folder.Path, device.Accelerator));
    }
}
