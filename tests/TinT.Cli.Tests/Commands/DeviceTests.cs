namespace TinT.Cli.Tests.Commands;

/// <summary>What a build without GPU support says to those who ask for a GPU.</summary>
[Collection("Temporary checkpoints")]
public sealed class DeviceTests
{
    private const string Remedy = " needs GPU support, which this build of tint does not have: with the packages ILGPU and ILGPU.Algorithms 1.5.3 at hand, "
        + "'dotnet build src/TinT.Cli -c Release -p:Gpu=true' in a clone makes one that has.";

    [Fact]
    public void Listing_devices_says_how_to_get_GPU_support() =>
        Tint.Run("devices").AssertFailed(2, $"error: tint devices{Remedy}");

    [Theory]
    [InlineData("cuda", "run {spec} --checkpoint b --input c --output d")]
    [InlineData("opencl", "verify {spec}")]
    [InlineData("ilgpu-cpu", "bench {spec}")]
    [InlineData("GeForce", "eval perplexity {spec} --checkpoint b --text c")]
    public void A_device_says_how_to_get_GPU_support(string device, string command) =>
        Tint.Run([.. command.Split(' ').Select(word => word == "{spec}" ? ByteModel.Spec : word), "--device", device]).AssertFailed(2, $"error: --device {device}{Remedy}");

    [Fact]
    public void Automatic_choice_is_the_processor_and_says_why()
    {
        CommandResult result = Tint.Run("verify", ByteModel.Spec, "--device", "auto", "--no-literal");

        Assert.Equal((0, "device: cpu; this build of tint has no GPU support.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void The_processor_may_be_named() =>
        Tint.Run("verify", ByteModel.Spec, "--device", "CPU", "--no-literal").AssertDone();

    [Fact]
    public void A_device_has_a_name()
    {
        CommandResult result = Tint.Run("bench", ByteModel.Spec, "--device", " ");

        Assert.Equal("error: --device needs the name of a device, not an empty text.\nRun 'tint bench --help' for its arguments and an example.\n", result.Error);
        Assert.Equal(2, result.ExitCode);
    }
}
