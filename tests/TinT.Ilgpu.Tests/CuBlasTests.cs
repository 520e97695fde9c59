using System.Reflection;
using ILGPU.Execution;
using ILGPU.Runtime;
using TinT.Reference.Weights;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Products by cuBLAS in the place of plain kernels.</summary>
public sealed class CuBlasTests
{
    private static readonly SmallSpec Spec = new("Little") { LayerCount = 1, TrainedLayers = 1, Context = 8 };

    /// <summary>The case with a ReLU near its kink, which multiplies rounding, is left to <see cref="GoldenTests"/>; sums are in another order here.</summary>
    [Theory]
    [InlineData("gpt2_var_mask_all_ones", "primal")]
    [InlineData("gpt2_var_mask_all_ones", "dual")]
    [InlineData("gpt2_var_gradmask_iclmask_posids", "primal")]
    [InlineData("gpt2_var_gradmask_iclmask_posids", "dual")]
    public void A_GPU_simulator_with_cuBLAS_agrees_with_the_authors_code(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using EmulatedMachine machine = Machine(AcceleratorType.Cuda);
        using GpuDevice device = GpuDevices.Open("cuda");
        Type type = GoldenCode.All.GetType($"TinT.Generated.{form}.{golden.Description.Model}GpuSimulator", throwOnError: true)!;
        using ISimulator simulator = device.Load(type, golden.Folder, cuBlas: true);
        using var recorder = new DeviceRecorder();

        Agreement.AssertAuthors(simulator, golden);

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
        using EmulatedMachine machine = Machine(AcceleratorType.Cuda);
        using GpuDevice device = GpuDevices.Open("cuda");
        using ISimulator simulator = device.Load(GpuCode.Compile("Wide", spec).GetType("TinT.Generated.LittleGpuSimulator")!, folder.Path, cuBlas: true);

        Agreement.AssertPlain(simulator, folder.Path, new SimulationBatch(1, 8, [1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 1, 0, 1, 1, 0, 0]));
    }

    [Fact]
    public void Without_the_option_no_library_is_needed()
    {
        using EmulatedMachine machine = Machine(AcceleratorType.Cuda, hasCuBlas: false);
        using var recorder = new DeviceRecorder();

        Load("cuda", cuBlas: false);

        Assert.DoesNotContain(recorder.Launches, launch => launch.Kernel == "Gemm");
        Assert.Contains(recorder.Launches, launch => launch.Kernel == "HeadLogits");
    }

    [Fact]
    public void A_machine_without_the_library_is_told_how_to_mend_that()
    {
        using EmulatedMachine machine = Machine(AcceleratorType.Cuda, hasCuBlas: false);

        GpuDeviceException failure = Assert.Throws<GpuDeviceException>(() => Load("cuda", cuBlas: true));

        Assert.Equal(
            "The library cuBLAS could not be loaded: install it, version 10 to 13 (it comes with NVIDIA's CUDA toolkit), where the system finds libraries, or leave cuBLAS out. "
            + "(Unable to load shared library 'libcublas.so.12' or one of its dependencies.)",
            failure.Message);
        Assert.IsType<DllNotFoundException>(failure.InnerException);
    }

    [Theory]
    [InlineData("opencl", "Card")]
    [InlineData("ilgpu-cpu", "CPUAccelerator")]
    public void Devices_of_other_kinds_are_refused(string kind, string name)
    {
        using EmulatedMachine machine = Machine(AcceleratorType.OpenCL);

        GpuDeviceException failure = Assert.Throws<GpuDeviceException>(() => Load(kind, cuBlas: true));

        Assert.Equal($"{name} is no CUDA device, and cuBLAS needs one: leave cuBLAS out, or open a CUDA device.", failure.Message);
    }

    private static EmulatedMachine Machine(AcceleratorType type, bool hasCuBlas = true) => new(new EmulatedDevice("Card", type, 1024, 4L << 30) { HasCuBlas = hasCuBlas });

    private static void Load(string kind, bool cuBlas)
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, Spec.Description.Auxiliary, seed: 1);
        Type type = GpuCode.Compile(kind == "ilgpu-cpu" ? "Narrow" : "Wide", Spec).GetType("TinT.Generated.LittleGpuSimulator")!;
        using GpuDevice device = GpuDevices.Open(kind);
        using ISimulator simulator = device.Load(type, folder.Path, cuBlas);
        simulator.Run(new SimulationBatch(1, 4, [1, 2, 3, 4], [1, 1, 0, 0]));
    }
}
