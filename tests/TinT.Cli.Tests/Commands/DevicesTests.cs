using System.Text.Json;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>Which device a command runs on, and what it says of it.</summary>
[Collection("Temporary checkpoints")]
public sealed class DevicesTests
{
    [Fact]
    public void Devices_are_listed_in_the_order_in_which_they_are_tried()
    {
        using TemporaryFolder folder = new();
        string json = folder.File("devices.json");

        string output = Tint.RunOn(ToldDevices.WithGpus, "devices", "--json", json).AssertDone().Output;

        Snapshot.Match(output);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal("tint.devices/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(
            ["cuda/Fast Card/4294967296/1024/32/14", "opencl/Integrated Graphics/68719476736/256/32/1", "ilgpu-cpu/CPUAccelerator//16/4/1"],
            document.RootElement.GetProperty("devices").EnumerateArray().Select(
                device => string.Join('/', device.EnumerateObject().Select(field => field.Value.ToString()))));
    }

    [Fact]
    public void ILGPU_is_part_of_the_tool_and_its_own_device_is_everywhere() =>
        Assert.Matches("ilgpu-cpu +CPUAccelerator +the processor's +16 +4 +1\n", Tint.Run("devices").AssertDone().Output);

    [Fact]
    public void Automatic_choice_takes_the_first_GPU() => Assert.Equal(
        "device: Fast Card (cuda)\nerror: ByteGpt2GpuSimulator is not loaded on 'auto', without cuBLAS.\n",
        Tint.RunOn(ToldDevices.WithGpus, "bench", ByteModel.Spec, "--tokens", "8", "--device", "auto").Error);

    [Fact]
    public void Automatic_choice_without_a_GPU_is_the_processor_and_not_the_CPU_device_of_ILGPU()
    {
        CommandResult result = Tint.RunOn(ToldDevices.WithoutGpus, "verify", ByteModel.Spec, "--device", "auto", "--no-literal");

        Assert.Equal((0, "device: cpu; there is no CUDA or OpenCL device.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void The_processor_may_be_named() =>
        Tint.Run("verify", ByteModel.Spec, "--device", "CPU", "--no-literal").AssertDone();

    [Fact]
    public void A_device_that_is_not_there_is_never_replaced()
    {
        CommandResult result = Tint.Run("verify", ByteModel.Spec, "--device", "GeForce 9999");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: There is no device 'GeForce 9999'. Found: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_has_a_name()
    {
        CommandResult result = Tint.Run("bench", ByteModel.Spec, "--device", " ");

        Assert.Equal(
            "error: --device needs the name of a device, not an empty text.\nRun 'tint bench --help' for its arguments and an example.\n", result.Error);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void Products_by_cuBLAS_are_for_a_CUDA_device() => Assert.Equal(
        "device: Fast Card (cuda)\nerror: ByteGpt2GpuSimulator is not loaded on 'cuda', with cuBLAS.\n",
        Tint.RunOn(ToldDevices.WithGpus, "bench", ByteModel.Spec, "--tokens", "8", "--device", "cuda", "--cublas").Error);

    [Theory]
    [InlineData("opencl", "Integrated Graphics")]
    [InlineData("ilgpu-cpu", "CPUAccelerator")]
    [InlineData("cpu", "the processor")]
    public void Products_by_cuBLAS_are_refused_elsewhere(string name, string where)
    {
        CommandResult result = Tint.RunOn(ToldDevices.WithGpus, "verify", ByteModel.Spec, "--device", name, "--cublas");

        Assert.EndsWith($"error: --cublas is for CUDA devices, and the simulator would run on {where}: add '--device cuda', or leave --cublas out.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void A_bench_on_a_device_takes_one_number_of_tokens() => Assert.Contains(
        "With --device, --tokens takes one number", Tint.RunOn(ToldDevices.WithGpus, "bench", ByteModel.Spec, "--tokens", "4,8", "--device", "cuda").Error, StringComparison.Ordinal);

    [Fact]
    public void Plain_equations_and_the_literal_construction_run_on_the_processor_only()
    {
        CommandResult result = Tint.Run("run", "a", "--checkpoint", "b", "--input", "c", "--output", "d", "--double", "--device", "cuda");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(
            "error: --device is for the compiled simulator; --literal and --double compute on the processor.\n", result.Error, StringComparison.Ordinal);
    }
}
