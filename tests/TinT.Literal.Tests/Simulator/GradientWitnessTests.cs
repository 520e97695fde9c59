using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Literal;
using TinT.Literal.Execution;
using TinT.Literal.Simulator;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Literal.Tests.Simulator;

/// <summary>
/// The third witness of the backward pass, beside the tape and the authors' code: central differences of the loss of the literal construction's own
/// forward pass agree with what its own descent does, where TinT's rules are as good as exact.
/// </summary>
public sealed class GradientWitnessTests
{
    // Central differences with a step of 1e-5, Taylor differences with N = 1e6, which leave g/N.
    private const double Tolerance = 1e-5;
    private const double Step = 1e-5;
    private const int Size = 8;
    private const int Inner = 16;

    public static TheoryData<BlockShape, NormPlacement> Shapes => new()
    {
        { BlockShape.Sequential, NormPlacement.Pre },
        { BlockShape.Sequential, NormPlacement.Post },
        { BlockShape.Parallel, NormPlacement.Pre },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void The_descent_is_the_slope_of_the_loss(BlockShape shape, NormPlacement placement)
    {
        LayerGraph graph = Graph(shape, placement);
        AuxiliaryDescription auxiliary = SimulatorDescriptions.Of(graph.Spec).Auxiliary;
        AuxiliaryModel<double> model = Model(auxiliary);
        SimulationBatch batch = new(1, 6, [1, 4, 2, 9, 7, 3], [1, 1, 1, 1, 1, 1]);
        ReferenceResult<double> result = new LiteralTint<double>(graph, model).Run(batch, new RunOptions { WeightUpdates = true });
        var places = (
            from tensor in auxiliary.Tensors()
            from layer in tensor.Layers(auxiliary)
            select (Name: tensor.NameIn(layer), Kind: tensor.Parts.Single(), Layer: layer)).ToDictionary(place => place.Name);

        int changed = 0;
        foreach (ReferenceWeightUpdate<double> update in result.WeightUpdates[0])
        {
            (_, ParameterKind kind, int layer) = places[update.Name];

            // A softmax does not see what is added to all its scores; a parallel block has one norm.
            if (kind == ParameterKind.KeyBias || update.Delta.All(value => value == 0))
                continue;
            changed++;
            double length = Math.Sqrt(update.Delta.Sum(value => value * value));
            double[] direction = [.. update.Delta.Select(value => value / length)];

            // The learning rate is 1, and each of the K blocks moves its own share of c₂.
            double expected = -length / (kind == ParameterKind.DownBias ? Inner / Size : 1);
            double slope = (Loss(Step) - Loss(-Step)) / (2 * Step);
            Assert.True(Math.Abs(slope - expected) <= Tolerance * Math.Abs(expected), $"{update.Name}: slope {slope:g9}, from the descent {expected:g9}.");

            double Loss(double step)
            {
                AuxiliaryModel<double> moved = new(auxiliary, (otherKind, otherLayer) => (otherKind, otherLayer) == (kind, layer)
                    ? [.. model.Values(kind, layer).Zip(direction, (value, along) => value + (step * along))]
                    : model.Values(otherKind, otherLayer));
                return new LiteralTint<double>(graph, moved).Run(batch).TokenLossesBefore.Sum();
            }
        }

        // Two layers of four maps and up and down with their biases but b_k, and the biases of their norms; the final norm's.
        int norms = shape == BlockShape.Parallel ? 1 : 2;
        Assert.Equal((2 * (11 + norms)) + 1, changed);
    }

    private static LayerGraph Graph(BlockShape shape, NormPlacement placement)
    {
        ModelSpec spec = SpecReader.Read(
            $$"""
            tint: 1
            model: Witness
            auxiliary: {architecture: opt, activation: gelu_new, vocab_size: 11, max_position_embeddings: 8, hidden_size: {{Size}},
              num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: {{Inner}}}
            simulator: {sharding: 2}
            training: {steps: 1, layers: 2, attention: exact, layer_norm: bias, learning_rate: 1, taylor_scale: 1000000}
            """).Spec!;
        Architecture architecture = spec.Auxiliary.Architecture.Value with { Block = shape, NormPlacement = placement };
        return BuildLayerGraph.Run(spec with { Auxiliary = spec.Auxiliary with { Architecture = new(architecture, default) } });
    }

    private static AuxiliaryModel<double> Model(AuxiliaryDescription auxiliary)
    {
        Random random = new(5);
        return new AuxiliaryModel<double>(auxiliary, (kind, _) =>
        {
            ParameterRole role = ParameterRoles.Of(kind);
            (int rows, int columns) = role.Shape(auxiliary);
            double centre = role.Field == ParameterField.Gain ? 1 : 0;
            return [.. Enumerable.Range(0, rows * columns).Select(_ => centre + (0.6 * (random.NextDouble() - 0.5)))];
        });
    }
}
