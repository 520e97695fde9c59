using System.Numerics;
using TinT.Compiler.Construction;
using TinT.Literal.Execution;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Simulator;

public sealed class LiteralGoldenTests
{
    // Expected values were made by another program in double, with differences that do not cancel; ours lose N = 1000 times the rounding of a double.
    private const double VariantUpdateTolerance = 1e-8;

    // The construction's maps make differences that cancel: N = 1000 makes 6e-8 of single precision 6e-5 of each, and several stand one behind the other. The authors'
    // modules in single precision are up to 3.4e-4 from their formulas; measured here are 7e-5 to 5.5e-4.
    private const double SingleUpdateTolerance = 1e-3;

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void The_literal_simulator_agrees_with_the_authors_code(string name) => Check(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void The_literal_simulator_agrees_with_the_authors_code_in_shared_cases(string name) => Check(name);

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Soft_gates_move_the_update_as_far_as_in_the_authors_code(string name) => CheckSoftGates(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void Soft_gates_move_the_update_as_far_as_in_the_authors_code_in_shared_cases(string name) => CheckSoftGates(name);

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void The_literal_simulator_agrees_with_cases_of_other_architectures(string name) => Check(name, VariantUpdateTolerance);

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void In_single_precision_differences_that_cancel_lose_no_more_than_in_the_authors_modules(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        ReferenceResult<float> result = Create<float>(golden).Run(golden.ReadBatch());
        double error = Difference.OfUpdate(
            Difference.Widen(result.LogitsAfter!), golden.ReadExpected("logits_after"), golden.ReadExpected("logits_before"));
        Assert.InRange(error, 0, SingleUpdateTolerance);
    }

    [Fact]
    public void The_simulator_contract_gives_the_same_numbers_in_single_precision()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        using LiteralSimulator simulator = LiteralSimulator.Load(golden.Folder, LayerGraphs.OfFile(golden.SpecPath));
        Assert.Equal(golden.Description, simulator.Description);
        SimulationResult result = simulator.Run(golden.ReadBatch());
        Assert.InRange(
            Difference.Relative(Difference.Widen(result.LogitsAfter!), golden.ReadExpected("logits_after")), 0, GoldenCase.StoredRounding);
    }

    [Fact]
    public void One_wrong_gate_in_the_whole_simulator_breaks_the_agreement()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        LiteralTint<double> tint = Create<double>(golden);
        double[] gate = tint.Parameters["backward.0.step0.attention.value.descent.gates.new_v.bias"];
        gate[0] = -gate[0];

        // The wrong sign turns one matrix's descent into an ascent; agreement is at 1e-11.
        Assert.InRange(UpdateError(golden, tint.Run(golden.ReadBatch())), 1e-4, double.PositiveInfinity);
    }

    private static void Check(string name, double updateTolerance = GoldenCase.DoubleUpdateTolerance)
    {
        GoldenCase golden = GoldenCases.Open(name);
        ReferenceResult<double> result = Create<double>(golden).Run(golden.ReadBatch(), new RunOptions { WeightUpdates = true });
        Assert.InRange(Difference.Largest(result.LogitsBefore!, golden.ReadExpected("logits_before")), 0, GoldenCase.DoubleLogitTolerance);
        Assert.InRange(UpdateError(golden, result), 0, updateTolerance);
        for (int sequence = 0; sequence < result.BatchSize; sequence++)
        {
            IReadOnlyDictionary<string, float[]> expected = golden.ReadDeltas(sequence);
            Assert.Equal(
                expected.Keys.Order(StringComparer.Ordinal), result.WeightUpdates[sequence].Select(update => update.Name).Order(StringComparer.Ordinal));
            Assert.All(
                result.WeightUpdates[sequence],
                update => Assert.InRange(Difference.Relative(update.Delta, Difference.Widen(expected[update.Name])), 0, GoldenCase.StoredRounding));
        }
    }

    private static void CheckSoftGates(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        LiteralTint<double> tint = Create<double>(golden, GateFunction.Tanh);
        double reported = golden.ReadReported("rms(tint.f64-direct.f64)/rms(update)")!.Value;

        // The same arithmetic but for the order of summation; the authors' reference leaves 1e-12 of 1e-5 … 1e-3.
        Assert.InRange(UpdateError(golden, tint.Run(golden.ReadBatch())) / reported, 0.99, 1.01);
    }

    private static double UpdateError(GoldenCase golden, ReferenceResult<double> result) =>
        Difference.OfUpdate(result.LogitsAfter!, golden.ReadExpected("logits_after"), golden.ReadExpected("logits_before"));

    private static LiteralTint<T> Create<T>(GoldenCase golden, GateFunction gates = GateFunction.Hard)
        where T : IFloatingPointIeee754<T>
    {
        LayerGraph graph = LayerGraphs.OfFile(golden.SpecPath);
        return new LiteralTint<T>(graph, AuxiliaryModelReader.Read<T>(golden.Folder, graph.Spec.Auxiliary.Model), gates);
    }
}
