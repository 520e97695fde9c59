using System.Text;
using TinT.Accounting;
using TinT.Accounting.Compiled;
using TinT.Accounting.Gpu;
using TinT.Accounting.Memory;
using TinT.Cli.Jobs;
using TinT.Cli.Simulators;
using TinT.Compiler.Compilation;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Evaluation.Sweeps;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Limits;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Jobs;

/// <summary>The formats of the tool's own JSON, by which programs read it: every field in its place.</summary>
public sealed class JsonFormatTests
{
    private static readonly SmallSpec spec = new("Measured") { LayerCount = 1, TrainedLayers = 1 };

    private static readonly CompiledModel model = SpecCompiler.Compile(spec.Text, spec.FileName).Compiled!;

    private static readonly PlannedRun run = new(8, 3, 2, 1, 1) { Weights = WeightStorage.Float16 };

    [Fact]
    public void A_bench_has_these_fields() => Snapshot.Match(Written(stream => BenchJson.Write(stream, [Measured(threads: 2)])), "json");

    [Fact]
    public void Several_benches_are_a_list_of_runs()
    {
        string one = Written(stream => BenchJson.Write(stream, [Measured(threads: 2)]));
        string several = Written(stream => BenchJson.Write(stream, [Measured(threads: 1), Measured(threads: 2)]));

        // Each object is the one of a single bench without its schema, two levels deeper.
        const string Schema = "  \"schema\": \"tint.bench/1\",\n";
        string Inner(string json) => json.Replace(Schema, "", StringComparison.Ordinal).TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal);
        Assert.Equal($"{{\n{Schema}  \"runs\": [\n    {Inner(one).Replace("\"threads\": 2", "\"threads\": 1", StringComparison.Ordinal)},\n    {Inner(one)}\n  ]\n}}\n", several);
    }

    [Fact]
    public void A_bench_on_a_device_has_these_fields()
    {
        DeviceBenchResult result = new(
            new DeviceDescription("Fast \"Card\" ½", DeviceKinds.Cuda, 4L << 30, 1024, 32, 14),
            model.Spec,
            run,
            UpdateForm.Primal,
            [0.5, 0.125, 0.25],
            [new DeviceKernelTime(RoutineKind.Embedding, "Embedding + sum", 3, 1e-6, new OperationCost(1, 2, 3, 4, 5, 6))],
            new MemoryUse(1, 2, 3, 4, 5),
            new GpuMemory(10, 20, 30, 40, 50));

        Snapshot.Match(Written(stream => DeviceBenchJson.Write(stream, result)), "json");
    }

    [Fact]
    public void A_run_has_these_fields()
    {
        RunRequest request = new() { Simulator = new SimulatorChoice { Spec = "s" }, Sweep = new Sweep(), Input = "i", Output = "o", Literal = true };
        RunOptions options = new() { LearningRate = 1e-5 };
        RunOutcome outcome = new(
            [], [2.5, double.NaN], [1.0 / 3, double.PositiveInfinity], [new NonFiniteValue(1, NonFiniteValue.Before, "loss", null, 0, double.NaN)]);
        SimulationBatch batch = new(2, 3, [1, 2, 3, 4, 5, 6], [1, 0, 0, 1, 0, 0]);

        Snapshot.Match(Written(stream => RunJson.Write(stream, request, options, new SmallSpec("Run").Description, batch, outcome)), "json");
    }

    [Fact]
    public void A_list_of_devices_has_these_fields()
    {
        using TemporaryFolder folder = new();
        Tint.RunOn(ToldDevices.WithGpus, "devices", "--json", folder.File("devices.json")).AssertDone();

        Snapshot.Match(File.ReadAllText(folder.File("devices.json")), "json");
    }

    /// <summary>A bench with times that are multiples of each kernel's number.</summary>
    private static BenchResult Measured(int threads)
    {
        IReadOnlyList<KernelCost> costs = CompiledCost.Of(model.Program, model.Parameters, model.Buffers, run).Kernels;
        return new BenchResult(
            model.Spec,
            run,
            model.Program.FormOf(run.Tokens),
            threads,
            new ProcessorLimits(1e11, 2.5e10, 9e10),
            [0.25, 0.125, 1.0 / 3],
            [.. costs.Take(3).Select((cost, index) => new KernelTime(cost, cost.Calls, 1e-5 * (index + 1)))],
            AllocatedBytes: 128,
            new MemoryUse(1, 2, 3, 4, 5),
            MemoryPlan.Of(model.Program, model.Parameters, model.Buffers, run, threads: 2, logits: false));
    }

    private static string Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
