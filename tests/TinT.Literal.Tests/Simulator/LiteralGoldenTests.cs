using TinT.Literal;
using TinT.Literal.Execution;
using TinT.Literal.Simulator;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Simulator;

public sealed class LiteralGoldenTests
{
    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void The_literal_simulator_agrees_with_the_authors_code(string name) => Check(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void The_literal_simulator_agrees_with_the_authors_code_in_shared_cases(string name) => Check(name);

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Soft_gates_move_the_update_as_far_as_in_the_authors_code(string name) => CheckSoftGates(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void Soft_gates_move_the_update_as_far_as_in_the_authors_code_in_shared_cases(string name) => CheckSoftGates(name);

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
        LiteralTint<double> tint = Create(golden);
        double[] gate = tint.Parameters["backward.0.step0.attention.value.descent.gates.new_v.bias"];
        gate[0] = -gate[0];

        // The wrong sign turns one matrix's descent into an ascent; agreement is at 1e-11.
        Assert.InRange(UpdateError(golden, tint.Run(golden.ReadBatch())), 1e-4, double.PositiveInfinity);
    }

    private static void Check(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        ReferenceResult<double> result = Create(golden).Run(golden.ReadBatch(), new RunOptions { WeightUpdates = true });
        Assert.InRange(Difference.Largest(result.LogitsBefore!, golden.ReadExpected("logits_before")), 0, GoldenCase.DoubleLogitTolerance);
        Assert.InRange(UpdateError(golden, result), 0, GoldenCase.DoubleUpdateTolerance);
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
        LiteralTint<double> tint = Create(golden, GateFunction.Tanh);
        double reported = golden.ReadReported("rms(tint.f64-direct.f64)/rms(update)")!.Value;

        // The same arithmetic but for the order of summation; the authors' reference leaves 1e-12 of 1e-5 … 1e-3.
        Assert.InRange(UpdateError(golden, tint.Run(golden.ReadBatch())) / reported, 0.99, 1.01);
    }

    private static double UpdateError(GoldenCase golden, ReferenceResult<double> result) =>
        Difference.OfUpdate(result.LogitsAfter!, golden.ReadExpected("logits_after"), golden.ReadExpected("logits_before"));

    private static LiteralTint<double> Create(GoldenCase golden, GateFunction gates = GateFunction.Hard) =>
        new(LayerGraphs.OfFile(golden.SpecPath), AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary), gates);
}
