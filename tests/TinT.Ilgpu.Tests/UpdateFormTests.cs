using System.Reflection;
using Ilgpu.Checker.Devices;
using TinT.Compiler;
using TinT.Compiler.Construction;
using TinT.Compiler.Devices;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs.Reading;
using TinT.Reference.Weights;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>The two forms of the update are the same function, and the tokens of a run and the device decide between them.</summary>
public sealed class UpdateFormTests
{
    /// <summary>Rounding of two ways to the same sums, relative to the update: 6e-8 for each of some ten sums of some hundred terms.</summary>
    private const double Rounding = 3e-6;

    [Fact]
    public void Both_forms_move_logits_and_weights_alike()
    {
        SmallSpec primal = new("Primal") { Update = "primal", Steps = 3, LayerCount = 3, TrainedLayers = 2, Attention = "exact" };
        SmallSpec dual = primal with { Model = "Dual", Update = "dual" };
        Assembly code = GpuCode.Compile(primal, dual);
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, primal.Description.Auxiliary, seed: 1);
        using var device = new TestDevice(16);
        using ISimulator first = GpuCode.Load(code, primal.Model, folder.Path, device.Accelerator);
        using ISimulator second = GpuCode.Load(code, dual.Model, folder.Path, device.Accelerator);
        SimulationBatch batch = RandomCases.Batch(5, primal.Description.Auxiliary);

        SimulationResult expected = first.Run(batch, new RunOptions { WeightUpdates = true });
        SimulationResult actual = second.Run(batch, new RunOptions { WeightUpdates = true });

        // Before the first step both run the same kernels.
        Assert.Equal(expected.LogitsBefore, actual.LogitsBefore);
        double[] before = Difference.Widen(expected.LogitsBefore!);
        Assert.InRange(Difference.OfUpdate(Difference.Widen(actual.LogitsAfter!), Difference.Widen(expected.LogitsAfter!), before), 0, Rounding);
        Assert.Equal(expected.WeightUpdates[0].Select(update => update.Name), actual.WeightUpdates[0].Select(update => update.Name));

        // The second run asks for nothing that was not asked for before, so that no copy of weights is left to be confused with them.
        Assert.Equal(actual.LogitsAfter, second.Run(batch).LogitsAfter);
    }

    [Theory]
    [InlineData(30, 14)]
    [InlineData(40, 14)]
    [InlineData(30, 132)]
    public void The_tokens_of_a_run_and_the_size_of_the_device_decide(int tokens, int processors)
    {
        // No model small enough to be checked pays in the dual form on a GPU, so this one takes the processor's number for small devices.
        SmallSpec spec = new("Automatic") { Context = 48, Steps = 1 };
        LayerGraph graph = BuildLayerGraph.Run(SpecReader.Read(spec.Text).Spec!);
        KernelProgram program = LowerGraph.Run(graph).All;
        Assert.Equal((33, 0), (program.DualTokens, program.LargeGpuDualTokens));
        var model = new CompiledModel(graph.Spec, graph, program, program, PlanParameters.Run(program), PlanBuffers.Run(program)) { FileName = spec.FileName, Namespace = CodeOptions.DefaultNamespace };
        Assembly code = GpuCode.Compile(model);
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        using GpuDevice device = TestDevice.Open("cuda", new CheckedCudaDevice("Card", 16, TestDevice.Memory) { Multiprocessors = processors });
        using ISimulator simulator = GpuCode.Load(code, spec.Model, folder.Path, device.Accelerator);
        var random = new Random(4);
        float[] training = [.. Enumerable.Range(0, tokens).Select(token => token is > 2 and < 25 ? 1f : 0f)];
        var batch = new SimulationBatch(1, tokens, [.. training.Select(_ => random.Next(spec.VocabularySize))], training);

        Agreements.AssertPlain(simulator, folder.Path, batch);
        bool dual = processors < 100 && tokens < 33;
        PlannedLaunches.AssertCounted(
            model with { Program = program with { DualTokens = dual ? 33 : 0 } }, GroupTiles.Narrow, simulator, seed: 6, tokens);
    }

    [Fact]
    public void The_code_of_a_shipped_model_has_the_numbers_of_both_classes_of_devices()
    {
        string spec = RepositoryFiles.InRepository("specs", "gpt2.tint.yaml");

        (string _, string simulator) = GpuCode.Sources(File.ReadAllText(spec), spec).Single(source => source.Name == "Gpt2.GpuPasses.g.cs");

        Assert.Contains(", HiddenSize, 129, 0), parameters, accelerator,", simulator, StringComparison.Ordinal);
    }
}
