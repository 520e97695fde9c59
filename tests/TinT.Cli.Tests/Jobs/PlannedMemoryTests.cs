using TinT.Accounting;
using TinT.Accounting.Accounts;
using TinT.Accounting.Memory;
using TinT.Cli.Compilation;
using TinT.Compiler.Compilation;
using TinT.Compiler.Layout;
using TinT.Reference.Weights;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Jobs;

/// <summary>The memory that is planned is the memory that a run holds.</summary>
public sealed class PlannedMemoryTests
{
    public static TheoryData<string, string, string, int, int> Cases => new()
    {
        { "softmax", "values", "bias", 40, 23 },
        { "quadratic", "exact", "full", 64, 64 },
        { "mean_embedding", "none", "none", 17, 1 },
        { "softmax", "exact", "none", 33, 0 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void One_thread_holds_what_is_planned_to_the_byte(string loss, string attention, string norm, int tokens, int trainingTokens)
    {
        using TemporaryFolder folder = new();
        SmallSpec small = new("PlannedMemory")
        {
            Loss = loss, Attention = attention, LayerNorm = norm, Context = 64, HiddenSize = 48, HeadCount = 3, VocabularySize = 700, Sharding = 4, LayerCount = 3, Steps = 2,
        };
        string path = folder.File(small.FileName);
        File.WriteAllText(path, small.Text);
        RandomCheckpoint.Write(folder.File("model"), small.Description.Auxiliary, seed: 1);
        SimulatorFactory factory = SimulatorCompiler.Compile(SpecFile.Read(path), CancellationToken.None);

        foreach (WeightStorage weights in Enum.GetValues<WeightStorage>())
        {
            (MemoryPlan plan, MemoryUse use) = Run(factory, folder.File("model"), small.Text, tokens, trainingTokens, threads: 1, weights);

            Assert.Equal((plan.Weights, plan.Updated, plan.Arena), (use.Weights, use.Updated, use.Arena));
            Assert.Equal(plan.SharedScratch + plan.ThreadScratch, use.Scratch);
        }
    }

    [Fact]
    public void Sixteen_bits_halve_the_matrices_and_nothing_else()
    {
        CompiledPlan planned = new(File.ReadAllText(ByteModel.Spec));
        MemoryPlan single = planned.Memory(256, 100, batch: 1, threads: 1);
        MemoryPlan narrow = planned.Memory(256, 100, batch: 1, threads: 1, WeightStorage.BFloat16);

        // D 128, 4 layers of 12 D² weights, 256 tokens and 256 positions.
        const long matrices = (4 * 12 * 128 * 128) + (2 * 256 * 128);
        Assert.Equal(single.Weights - (2 * matrices), narrow.Weights);
        Assert.Equal(single with { Weights = narrow.Weights }, narrow);
    }

    [Fact]
    public void Several_threads_hold_no_more_than_is_planned()
    {
        SimulatorFactory factory = SimulatorCompiler.Compile(SpecFile.Read(ByteModel.Spec), CancellationToken.None);

        (MemoryPlan plan, MemoryUse use) = Run(factory, ByteModel.Checkpoint, File.ReadAllText(ByteModel.Spec), 256, 100, threads: 3);

        Assert.Equal((plan.Weights, plan.Updated, plan.Arena), (use.Weights, use.Updated, use.Arena));

        // A thread that never took the largest piece of work has less.
        Assert.InRange(use.Scratch, plan.SharedScratch + 1, plan.SharedScratch + plan.ThreadScratch);
    }

    [Fact]
    public void Sequences_side_by_side_hold_what_is_planned()
    {
        SimulatorFactory factory = SimulatorCompiler.Compile(SpecFile.Read(ByteModel.Spec), CancellationToken.None);
        using var simulator = (CpuSimulator)factory.Load(ByteModel.Checkpoint, new SimulatorOptions { Threads = 2 });
        SimulationBatch batch = new(
            16, 256, [.. Enumerable.Range(0, 16 * 256).Select(index => index % 200)], [.. Enumerable.Range(0, 16 * 256).Select(
                index => index % 256 < 100 ? 1f : 0f)]);
        MemoryPlan plan = new CompiledPlan(File.ReadAllText(ByteModel.Spec)).Memory(256, 100, batch: 16, threads: 2);
        Assert.Equal(2, plan.Division.SideBySide);

        // A thread that the operating system is slow to wake may find no sequence left.
        MemoryUse use;
        do
        {
            simulator.Run(batch);
            use = simulator.MemoryUse;
        }
        while (use.Arena < plan.Arena);

        Assert.Equal((plan.Weights, plan.Updated, plan.Arena), (use.Weights, use.Updated, use.Arena));
        Assert.Equal(plan.SharedScratch + plan.ThreadScratch, use.Scratch);
    }

    [Fact]
    public void Results_are_the_logits_and_losses_that_the_caller_gets()
    {
        CompiledPlan planned = new(File.ReadAllText(ByteModel.Spec));
        SimulatorFactory factory = SimulatorCompiler.Compile(SpecFile.Read(ByteModel.Spec), CancellationToken.None);
        using ISimulator simulator = factory.Load(ByteModel.Checkpoint, new SimulatorOptions { Threads = 1 });
        SimulationBatch batch = new(2, 16, [.. Enumerable.Repeat(65, 32)], [.. Enumerable.Range(0, 32).Select(index => index % 16 < 8 ? 1f : 0f)]);

        SimulationResult result = simulator.Run(batch);

        long floats = result.LogitsBefore!.Length + result.LogitsAfter!.Length + result.TokenLossesBefore.Length + result.TokenLossesAfter.Length;
        Assert.Equal(floats * sizeof(float), planned.Memory(16, 8, batch: 2, threads: 1).Results);
    }

    private static (MemoryPlan Plan, MemoryUse Use) Run(
        SimulatorFactory factory, string checkpoint, string text, int tokens, int trainingTokens, int threads, WeightStorage weights =
            WeightStorage.SinglePrecision)
    {
        using var simulator = (CpuSimulator)factory.Load(checkpoint, new SimulatorOptions { Threads = threads, Weights = weights });
        simulator.Run(new SimulationBatch(
            1, tokens, [.. Enumerable.Range(0, tokens).Select(index => index % 200)], [.. Enumerable.Range(0, tokens).Select(
                index => index < trainingTokens ? 1f : 0f)]));
        return (new CompiledPlan(text).Memory(tokens, trainingTokens, batch: 1, threads, weights), simulator.MemoryUse);
    }

    private sealed class CompiledPlan(string text)
    {
        public MemoryPlan Memory(int tokens, int trainingTokens, int batch, int threads, WeightStorage weights = WeightStorage.SinglePrecision)
        {
            CompiledModel model = SpecCompiler.Compile(text, "spec").Compiled!;
            return SimulatorAccount.Of(model, PlannedRun.Of(model.Spec, tokens, trainingTokens, batch) with { Weights = weights }, threads).Memory;
        }
    }
}
