using System.Reflection;
using System.Text.RegularExpressions;
using Ilgpu.Checker.Devices;
using TinT.Reference.Weights;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>What open devices refuse, and what they recover from.</summary>
public sealed partial class GpuDeviceTests : IDisposable
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
    public void A_kernel_that_does_not_compile_is_told_by_the_run_that_needs_it_and_spoils_its_device_until_that_is_opened_again()
    {
        Type simulator = GpuCode.Compile(spec).GetType("TinT.Generated.LittleGpuSimulator")!;
        Type failing = GpuCode.Compile(GpuCode.Sources(spec.Text, spec.FileName).Select(Failing)).GetType("TinT.Generated.LittleGpuSimulator")!;
        var batch = new SimulationBatch(1, 4, [1, 2, 3, 4], [1, 1, 0, 0]);
        using (GpuDevice device = OpenCard())
        {
            using ISimulator loaded = device.Load(failing, folder.Path);

            GpuDeviceException first = Assert.Throws<GpuDeviceException>(() => loaded.Run(batch));
            GpuDeviceException second = Assert.Throws<GpuDeviceException>(() => loaded.Run(batch));
            GpuDeviceException third = Assert.Throws<GpuDeviceException>(() => device.Load(simulator, folder.Path));

            Assert.StartsWith("Card does not run the kernels of Little: ", first.Message, StringComparison.Ordinal);
            Assert.EndsWith(" Update its driver, or use another device.", first.Message, StringComparison.Ordinal);
            Assert.Contains(first.InnerException!.GetBaseException().Message.TrimEnd('.'), first.Message, StringComparison.Ordinal);
            Assert.Equal("Card has failed before, and ILGPU runs nothing more on it: dispose of the device and open it again.", second.Message);
            Assert.Equal(second.Message, third.Message);
            Assert.Same(first, third.InnerException);
        }

        using GpuDevice again = OpenCard();
        using ISimulator healthy = again.Load(simulator, folder.Path);
        Assert.Equal(4, healthy.Run(batch).TokenCount);
    }

    [Theory]
    [InlineData("primal")]
    [InlineData("dual")]
    public void Kernels_load_when_they_are_first_launched_and_only_those_of_the_form_that_runs(string form)
    {
        Type simulator = GpuCode.Compile(spec with { Update = form }).GetType("TinT.Generated.LittleGpuSimulator")!;
        using GpuDevice device = OpenCard();
        using ISimulator loaded = device.Load(simulator, folder.Path);
        Assert.Empty(Launchers(loaded));

        loaded.Run(new SimulationBatch(1, 4, [1, 2, 3, 4], [0, 0, 0, 0]));
        string[] forward = Launchers(loaded);
        loaded.Run(new SimulationBatch(1, 4, [1, 2, 3, 4], [1, 1, 0, 0]));
        string[] both = Launchers(loaded);

        Assert.Contains("lossRows", forward);
        Assert.DoesNotContain(forward, name => name.Contains("ackward", StringComparison.Ordinal) || name.Contains("escent", StringComparison.Ordinal));
        Assert.Contains("feedForwardUpBackward", both);
        Assert.Equal(form == "primal", both.Contains("feedForwardUpDescent"));
        Assert.Equal(form == "dual", both.Contains("feedForwardUpForwardDual"));
    }

    [Fact]
    public void A_simulator_runs_on_another_thread_than_the_one_that_loaded_it()
    {
        Assembly code = GpuCode.Compile(spec);
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

        Assert.StartsWith(
            "String is not a generated GPU simulator: it has no Load(string, Accelerator, GpuSimulatorOptions).", failure.Message, StringComparison.Ordinal);
    }

    private static GpuDevice OpenCard() => TestDevice.Open("auto", new CheckedCudaDevice("Card", 16, TestDevice.Memory));

    /// <summary>Names of the kernels that are compiled.</summary>
    private static string[] Launchers(ISimulator simulator) =>
    [
        .. simulator.GetType().BaseType!.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(field => field.FieldType.IsAssignableTo(typeof(Delegate)) && field.GetValue(simulator) is not null)
            .Select(field => field.Name),
    ];

    /// <summary>A file of generated code in which the kernel that tells losses does what no device can.</summary>
    private static (string Name, string Text) Failing((string Name, string Text) source) =>
        (source.Name, LossRows().Replace(
            source.Text, "${head}\n    {\n        if (descends < 0)\n            throw new global::System.NotSupportedException();\n        ${body}\n    }\n"));

    [GeneratedRegex(@"(?<head>public static void LossRows\([^)]*\)) =>\n\s+(?<body>[^;]*;)\n")]
    private static partial Regex LossRows();
}
