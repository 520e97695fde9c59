using System.Text.Json;
using ILGPU.Execution;
using ILGPU.Runtime;
using TinT.Tests.Common;

namespace TinT.Cli.Tests;

public sealed class DevicesTests
{
    [Fact]
    public void Devices_are_listed_in_the_order_in_which_they_are_tried()
    {
        using EmulatedMachine machine = Machine.WithGpus();
        using TemporaryFolder folder = new();
        string json = folder.File("devices.json");

        string output = Tint.Run("devices", "--json", json).AssertDone().Output;

        Snapshot.Match(output);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal("tint.devices/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(
            ["cuda/Fast Card/4294967296/1024/32/14", "opencl/Integrated Graphics/68719476736/256/32/1", "ilgpu-cpu/CPUAccelerator//16/4/1"],
            document.RootElement.GetProperty("devices").EnumerateArray().Select(device => string.Join('/', device.EnumerateObject().Select(field => field.Value.ToString()))));
    }

    [Fact]
    public void Automatic_choice_takes_the_CUDA_card_though_another_device_has_more_memory()
    {
        using EmulatedMachine machine = Machine.WithGpus();

        Assert.Equal("device: Fast Card (cuda)\n", RunSmall("auto").Error);
    }

    [Fact]
    public void Automatic_choice_without_a_GPU_is_the_processor_and_not_the_CPU_device_of_ILGPU()
    {
        CommandResult result = RunSmall("auto");

        Assert.Equal("device: cpu; there is no CUDA or OpenCL device.\n", result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("opencl", "Integrated Graphics (opencl)")]
    [InlineData("GRAPHICS", "Integrated Graphics (opencl)")]
    [InlineData("fast", "Fast Card (cuda)")]
    [InlineData("ilgpu-cpu", "CPUAccelerator (ilgpu-cpu)")]
    public void A_device_is_opened_by_its_kind_or_by_a_part_of_its_name(string name, string device)
    {
        using EmulatedMachine machine = Machine.WithGpus();

        Assert.Equal($"device: {device}\n", RunSmall(name).Error);
    }

    [Fact]
    public void A_device_that_is_not_there_is_never_replaced()
    {
        CommandResult result = RunSmall("cuda");

        result.AssertFailed(1, "error: There is no device 'cuda'. CUDA devices need NVIDIA's driver. Found: CPUAccelerator (ilgpu-cpu).");
    }

    [Fact]
    public void A_device_with_too_little_memory_is_told_so()
    {
        using EmulatedMachine machine = new(new EmulatedDevice("Little Card", AcceleratorType.Cuda, 1024, 1000));

        CommandResult result = RunSmall("cuda");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("device: Little Card (cuda)\nerror: Little Card has 1000 bytes of memory and refuses", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Products_by_cuBLAS_run_on_a_CUDA_device()
    {
        using EmulatedMachine machine = Machine.WithGpus();
        using DeviceRecorder recorder = new();

        CommandResult result = RunSmall("cuda", "--cublas");

        Assert.Equal("device: Fast Card (cuda)\n", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(recorder.Launches, launch => launch.Kernel == "Gemm");
    }

    [Theory]
    [InlineData("opencl", "Integrated Graphics")]
    [InlineData("ilgpu-cpu", "CPUAccelerator")]
    [InlineData("cpu", "the processor")]
    public void Products_by_cuBLAS_are_refused_elsewhere(string name, string where)
    {
        using EmulatedMachine machine = Machine.WithGpus();

        CommandResult result = RunSmall(name, "--cublas");

        Assert.EndsWith($"error: --cublas is for CUDA devices, and the simulator would run on {where}: add '--device cuda', or leave --cublas out.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    /// <summary>Runs the smallest of the shipped golden cases.</summary>
    private static CommandResult RunSmall(string device, params string[] more)
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        using TemporaryFolder folder = new();
        return Tint.Run(["run", golden.SpecPath, "--checkpoint", golden.Folder, "--input", golden.InputPath, "--output", folder.File("out.safetensors"), "--device", device, .. more]);
    }
}
