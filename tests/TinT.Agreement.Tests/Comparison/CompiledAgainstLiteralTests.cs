using TinT.Agreement.Comparison;
using TinT.Compiler.Construction;
using TinT.Literal.Execution;
using TinT.Model;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;
using Xunit.Abstractions;

namespace TinT.Agreement.Tests.Comparison;

/// <summary>What is compiled away does not change what is computed, in random specs of each architecture; TINT_TEST_DRAWS=27 tries all of them.</summary>
public sealed class CompiledAgainstLiteralTests(ITestOutputHelper output)
{
    public static TheoryData<int> Groups => [.. Enumerable.Range(0, RandomCases.Seeds.Count / SmallSpec.Architectures.Count)];

    [Fact]
    public void Every_architecture_is_drawn_with_everything_that_a_training_can_be() => Assert.All(
        RandomCases.Seeds.Select(RandomCases.Spec).GroupBy(spec => spec.Architecture),
        specs =>
        {
            void AssertAll(IEnumerable<string> options, Func<SmallSpec, string> option) => Assert.Equal(options.Order(), specs.Select(option).Distinct().Order());
            AssertAll(SmallSpec.Losses, spec => spec.Loss);
            AssertAll(SmallSpec.LayerNorms, spec => spec.LayerNorm);
            AssertAll(SmallSpec.Attentions, spec => spec.Attention);
            AssertAll(SmallSpec.Compatibilities, spec => spec.Compatibility);
            AssertAll([.. SmallSpec.Updates, "auto"], spec => spec.Update);
        });

    [Theory, MemberData(nameof(Groups))]
    public void Compiled_simulators_compute_what_the_literal_construction_does(int group)
    {
        int[] seeds = [.. RandomCases.Seeds.Chunk(SmallSpec.Architectures.Count).ElementAt(group)];
        using SmallSimulators simulators = new([.. seeds.Select(RandomCases.Spec)]);
        List<string> broken = [];
        Measure worst = new(0, 1);
        foreach (int seed in seeds)
        {
            EngineComparison comparison = Compare(simulators, seed);
            if (!comparison.Holds)
                broken.Add($"seed {seed}: {comparison}");
            if (comparison.LogitUpdate.Share > worst.Share)
                worst = comparison.LogitUpdate with { Where = $"seed {seed}" };
        }

        output.WriteLine($"Closest to its tolerance: {worst}");
        Assert.Empty(broken);
    }

    private static EngineComparison Compare(SmallSimulators simulators, int seed)
    {
        SmallSpec spec = RandomCases.Spec(seed);
        AuxiliaryDescription auxiliary = spec.Description.Auxiliary;
        SimulationBatch batch = RandomCases.Batch(seed, auxiliary);
        RunOptions options = new() { WeightUpdates = true };
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(simulators.Checkpoint(spec, seed), auxiliary);

        using ISimulator compiled = simulators.Load(spec.Model, seed, threads: 1);
        ReferenceResult<double> ours = WideResult.Of(compiled.Run(batch, options));
        ReferenceResult<double> theirs = new LiteralTint<double>(BuildLayerGraph.Run(SpecTexts.Read(spec.Text)), model).Run(batch, options);
        return EngineComparison.Of("compiled", ours, "literal", theirs, model, spec.Steps, Rounding.OfSingles);
    }
}
