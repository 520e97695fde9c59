using System.Reflection;
using Ilgpu.Checker.Devices;
using Ilgpu.Checker.Execution;
using TinT.Reference.Weights;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Products by cuBLAS in the place of plain kernels.</summary>
public sealed class CuBlasTests
{
    private static readonly SmallSpec Spec = new("Little") { LayerCount = 1, TrainedLayers = 1, Context = 8 };

    private const string Plain = "gpt2_var_mask_all_ones";

    private const string Masked = "gpt2_var_gradmask_iclmask_posids";

    private static readonly Lazy<Assembly> Code = new(() => GpuCode.Compile(
        new[] { Plain, Masked }.Select(GoldenCases.Open).SelectMany(
            golden => SmallSpec.Updates.Select(form => (File.ReadAllText(golden.SpecPath), golden.SpecPath, form)))));

    private static readonly Lazy<Assembly> LittleCode = new(() => GpuCode.Compile(Spec));

    /// <summary>Not the case with a ReLU near its kink, which multiplies rounding: sums are in another order here.</summary>
    [Theory]
    [InlineData(Plain, "primal")]
    [InlineData(Plain, "dual")]
    [InlineData(Masked, "primal")]
    [InlineData(Masked, "dual")]
    public void A_GPU_simulator_with_cuBLAS_agrees_with_the_authors_code(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using var device = new TestDevice(128);
        using ISimulator simulator = GpuCode.Load(Code.Value, golden.Description.Model, golden.Folder, device.Accelerator, form, CheckedGemm.Options);
        using var recorder = new DeviceRecorder();

        Agreements.AssertAuthors(simulator, golden);

        string[] kernels = [.. recorder.Launches.Select(launch => launch.Kernel)];
        Assert.Contains("Gemm", kernels);
        Assert.DoesNotContain("HeadLogits", kernels);
        Assert.DoesNotContain("HeadGradient", kernels);
        Assert.DoesNotContain("AttentionValueBackward", kernels);

        // What has a bias or an activation fused to it stays a kernel.
        Assert.Contains("AttentionValueForward", kernels);
    }

    [Fact]
    public void Operands_with_gaps_between_their_rows_are_read_in_place()
    {
        // With exact attention the gradients of queries and keys are parts of one buffer, and weights several tiles wide and high.
        SmallSpec spec = Spec with { Attention = "exact", HiddenSize = 20, HeadCount = 1, Sharding = 2, FeedForwardBlocks = 3, LearningRate = 1e-3 };
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        using var device = new TestDevice(128);
        using ISimulator simulator = GpuCode.Load(GpuCode.Compile(spec), spec.Model, folder.Path, device.Accelerator, options: CheckedGemm.Options);

        Agreements.AssertPlain(simulator, folder.Path, new SimulationBatch(1, 8, [1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 1, 0, 1, 1, 0, 0]));
    }

    [Fact]
    public void Without_the_option_no_library_is_opened()
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, Spec.Description.Auxiliary, seed: 1);
        using var device = new TestDevice(128);
        var options = new GpuSimulatorOptions { Library = _ => throw new InvalidOperationException("The library is opened.") };
        using ISimulator simulator = GpuCode.Load(LittleCode.Value, Spec.Model, folder.Path, device.Accelerator, options: options);
        using var recorder = new DeviceRecorder();

        simulator.Run(new SimulationBatch(1, 4, [1, 2, 3, 4], [1, 1, 0, 0]));

        Assert.DoesNotContain(recorder.Launches, launch => launch.Kernel == "Gemm");
        Assert.Contains(recorder.Launches, launch => launch.Kernel == "HeadLogits");
    }

    /// <summary>ILGPU's own class decides: what only calls itself a CUDA device is refused too.</summary>
    [Theory]
    [InlineData("opencl")]
    [InlineData("ilgpu-cpu")]
    [InlineData("cuda")]
    public void Devices_that_are_not_those_of_CUDA_are_refused(string kind)
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, Spec.Description.Auxiliary, seed: 1);
        Type type = LittleCode.Value.GetType("TinT.Generated.LittleGpuSimulator")!;
        using GpuDevice device = TestDevice.Open(
            kind, new CheckedCudaDevice("Card", 1024, TestDevice.Memory), new CheckedOpenClDevice("Card", 1024, TestDevice.Memory), new CheckedCpuDevice(
                "Card", 1024, TestDevice.Memory));

        GpuDeviceException failure = Assert.Throws<GpuDeviceException>(() => device.Load(type, folder.Path, cuBlas: true));

        Assert.Equal("Card is no CUDA device, and cuBLAS needs one: leave cuBLAS out, or open a CUDA device.", failure.Message);
    }
}
