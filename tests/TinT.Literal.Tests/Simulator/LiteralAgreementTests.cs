using TinT.Agreement.Comparison;
using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Writing;
using TinT.Literal.Execution;
using TinT.Model;
using TinT.Reference;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Simulator;

public sealed class LiteralAgreementTests
{
    // Both sides compute in double, and the Taylor differences amplify rounding by N = 1000.
    private static readonly double UpdateTolerance = Rounding.OfDoubles(taylorScale: 1000).LogitUpdate;

    // Every third spec; all of them are compared with compiled code elsewhere.
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, RandomCases.Count / 3).Select(index => 3 * index)];

    [Theory, MemberData(nameof(Seeds))]
    public void The_literal_simulator_computes_the_plain_equations(int seed)
    {
        (LiteralTint<double> literal, PlainTint<double> plain, SimulationBatch batch) = Create(seed, GateFunction.Hard);
        CheckAgreement(literal, plain, batch);
    }

    [Theory, MemberData(nameof(VariantSpecs.Trainings), MemberType = typeof(VariantSpecs))]
    public void Every_architecture_agrees_with_the_plain_equations_however_it_is_trained(string name, string attention, string norm)
    {
        LayerGraph graph = VariantSpecs.Graph(name, $"attention: {attention}, layer_norm: {norm}, steps: 2, learning_rate: 0.01");
        SimulatorDescription description = SimulatorDescriptions.Of(graph.Spec);
        for (int seed = 0; seed < 2; seed++)
        {
            AuxiliaryModel<double> model = VariantSpecs.RandomModel(description.Auxiliary, seed);
            CheckAgreement(
                new LiteralTint<double>(graph, model), new PlainTint<double>(model, description, threadCount: 1), RandomCases.Batch(
                    seed, description.Auxiliary));
        }
    }

    private static void CheckAgreement(LiteralTint<double> literal, PlainTint<double> plain, SimulationBatch batch)
    {
        RunOptions options = new() { WeightUpdates = true };
        ReferenceResult<double> ours = literal.Run(batch, options);
        ReferenceResult<double> expected = plain.Run(batch, options);
        Assert.InRange(Difference.Relative(ours.LogitsBefore!, expected.LogitsBefore!), 0, UpdateTolerance);
        Assert.InRange(Difference.Relative(ours.LogitsAfter!, expected.LogitsAfter!), 0, UpdateTolerance);
        Assert.Equal(expected.WeightUpdates.Count, ours.WeightUpdates.Count);
        foreach ((var our, var their) in ours.WeightUpdates.Zip(expected.WeightUpdates))
        {
            double largest = their.Max(update => update.Delta.Max(Math.Abs));
            Assert.Equal(their.Select(update => update.Name), our.Select(update => update.Name));
            Assert.All(our.Zip(their), pair => Assert.InRange(Distance(pair.First.Delta, pair.Second.Delta, largest), 0, UpdateTolerance));
        }
    }

    [Fact]
    public void Fewer_steps_and_layers_and_another_learning_rate_are_those_of_the_plain_equations()
    {
        (LiteralTint<double> literal, PlainTint<double> plain, SimulationBatch batch) = Create(
            Enumerable.Range(0, RandomCases.Count).First(seed => RandomCases.Spec(seed) is { Steps: 2, TrainedLayers: 3, Attention: "values" }),
            GateFunction.Hard);
        RunOptions options = new() { Steps = 1, TrainedLayers = 2, LearningRate = 3e-3 };
        Assert.InRange(
            Difference.Relative(literal.Run(batch, options).LogitsAfter!, plain.Run(batch, options).LogitsAfter!), 0, UpdateTolerance);
    }

    [Fact]
    public void Soft_gates_are_near_hard_gates()
    {
        (LiteralTint<double> soft, PlainTint<double> plain, SimulationBatch batch) = Create(seed: 3, GateFunction.Tanh);
        double distance = Difference.Relative(soft.Run(batch).LogitsAfter!, plain.Run(batch).LogitsAfter!);

        // An open gate is 1 − 4e-9; it is not 1, and N = 1000 amplifies the difference where a layer norm subtracts x̂.
        Assert.InRange(distance, 1e-10, 1e-3);
    }

    /// <summary>Relative to the tensor, or to the largest change where the tensor has but rounding: b_k without turned keys, or b_q where tokens see one token each.</summary>
    private static double Distance(double[] ours, double[] expected, double largest) => expected.Max(Math.Abs) <= 1e-12 * largest
        ? ours.Zip(expected, (our, their) => Math.Abs(our - their)).Max() / (largest == 0 ? 1 : largest)
        : Difference.Relative(ours, expected);

    private static (LiteralTint<double> Literal, PlainTint<double> Plain, SimulationBatch Batch) Create(int seed, GateFunction gates)
    {
        SmallSpec spec = RandomCases.Spec(seed);
        using TemporaryFolder folder = new();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(folder.Path, spec.Description.Auxiliary);
        return (
            new LiteralTint<double>(LayerGraphs.OfText(spec.Text), model, gates),
            new PlainTint<double>(model, spec.Description, threadCount: 1),
            RandomCases.Batch(seed, spec.Description.Auxiliary));
    }
}
