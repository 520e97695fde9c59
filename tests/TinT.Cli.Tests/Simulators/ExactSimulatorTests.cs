using TinT.Cli.Compilation;
using TinT.Cli.Simulators;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;
using TinT.Reference;
using TinT.Reference.Exact;
using TinT.Reference.Weights;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Simulators;

/// <summary>Exact SGD as it is compiled, against automatic differentiation and the reference.</summary>
public sealed class ExactSimulatorTests
{
    /// <summary>Rounding of single precision, of the update.</summary>
    private const double UpdateTolerance = 2e-5;

    private static readonly (ParameterSubset Subset, string Tensor)[] subsets =
        [(ParameterSubset.TintSubset, "exact_sgd.tint_subset"), (ParameterSubset.TopBlocks, "exact_sgd.top_blocks")];

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Compiled_exact_SGD_agrees_with_automatic_differentiation(string name) => AssertGolden(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void Compiled_exact_SGD_agrees_with_automatic_differentiation_in_shared_cases(string name) => AssertGolden(name);

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void Compiled_exact_SGD_agrees_with_that_of_other_architectures(string name) => AssertGolden(name);

    /// <summary>Training tokens behind others, factors and masks: gradients reach all that is in front of them.</summary>
    [Theory]
    [InlineData(ParameterSubset.TintSubset, "gemma2", "full")]
    [InlineData(ParameterSubset.TopBlocks, "gpt2", "none")]
    [InlineData(ParameterSubset.TopBlocks, "qwen3", "bias")]
    public void Scattered_training_tokens_send_gradients_to_all_in_front_of_them(ParameterSubset subset, string architecture, string layerNorm)
    {
        SmallSpec small = new("Scattered") { Architecture = architecture, LayerNorm = layerNorm, Loss = "quadratic", Attention = "none", Compatibility = "authors", HeadCount = 4, Steps = 2 };
        using TemporaryFolder folder = new();
        RandomCheckpoint.Write(folder.Path, small.Description.Auxiliary, seed: 3);
        using ISimulator simulator = Load(SpecFile.FromText(small.FileName, small.Text), subset, folder.Path);
        SimulationBatch[] batches = [.. Enumerable.Range(4, 20).Select(seed => RandomCases.Batch(seed, small.Description.Auxiliary)).Where(HasTarget)];
        Assert.True(batches.Length > 5);
        foreach (SimulationBatch batch in batches)
        {
            ReferenceResult<double> expected = new ExactFineTuning<double>(
                AuxiliaryModelReader.Read<double>(folder.Path, small.Description.Auxiliary), small.Description, subset).Run(batch);

            SimulationResult result = simulator.Run(batch);

            double error = Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), expected.LogitsAfter!, expected.LogitsBefore!);
            Assert.InRange(error, 0, UpdateTolerance);
        }

        static bool HasTarget(SimulationBatch batch) => Enumerable.Range(0, batch.BatchSize).All(sequence =>
            batch.TrainingMask.AsSpan((sequence * batch.TokenCount) + 1, batch.TokenCount - 1).Contains(1f));
    }

    [Fact]
    public void The_loss_is_softmax_and_gains_are_vectors_whatever_the_spec_says()
    {
        SmallSpec small = new("Other") { LayerNorm = "full", Loss = "mean_embedding", Attention = "none", Compatibility = "authors" };
        ModelSpec spec = SpecFile.FromText(small.FileName, small.Text).Model.Spec;

        Assert.Equal(("exact", "softmax", "gain", "values", "none"), Settings(ExactSimulator.SpecOf(spec, ParameterSubset.TintSubset)));
        Assert.Equal(("exact", "softmax", "gain", "exact", "none"), Settings(ExactSimulator.SpecOf(spec, ParameterSubset.TopBlocks)));

        static (string, string, string, string, string) Settings(ModelSpec spec) => SimulatorDescriptions.Of(spec).Training is { } training
            ? (training.Method, training.Loss, training.LayerNorm, training.Attention, training.Compatibility)
            : default;
    }

    private static void AssertGolden(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        double[] before = golden.ReadExpected("logits_before");
        foreach ((ParameterSubset subset, string tensor) in subsets.Where(row => golden.HasExpected(row.Tensor)))
        {
            // Some cases of other losses have exact SGD of their own loss; those the reference settles.
            if (golden.Description.Training.Loss != "softmax")
                continue;
            using ISimulator simulator = Load(SpecFile.Read(golden.SpecPath), subset, golden.Folder);
            SimulationResult result = simulator.Run(golden.ReadBatch());

            double error = Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), golden.ReadExpected(tensor), before);
            Assert.InRange(error, 0, UpdateTolerance);
        }
    }

    private static ISimulator Load(SpecFile spec, ParameterSubset subset, string checkpoint) => SimulatorCompiler.CompileInProcess(
        ExactSimulator.CompiledSpec(spec, subset), CancellationToken.None).Load(checkpoint, new SimulatorOptions { Threads = 3 });
}
