using TinT.Compiler.Construction;
using TinT.Literal.Execution;
using TinT.Model;
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
    private const string Exact = "attention: exact, learning_rate: 1, taylor_scale: 1000000, layer_norm: ";

    /// <summary>Models whose tensors hold one parameter each, and what is changed in them: between them every shape of blocks and every kind of positions and gates.</summary>
    public static TheoryData<string, string> Models => new()
    {
        { "opt", "" },
        { "opt", "parallel" },
        { "opt", "two_norms" },
        { "opt", "alibi" },
        { "opt_post_norm", "" },
        { "opt_projected", "" },
        { "gptj", "" },
        { "gpt_neo", "" },
        { "llama", "" },
        { "llama_biases", "" },
        { "mistral", "" },
        { "qwen2", "" },
        { "qwen3", "" },
        { "qwen3_many_heads", "" },
        { "gemma", "" },
        { "gemma2", "" },
        { "phi", "" },
    };

    [Theory, MemberData(nameof(Models))]
    public void The_descent_is_the_slope_of_the_loss(string name, string change) => CheckSlopes(Graph(name, change, "full"));

    [Theory, MemberData(nameof(Models))]
    public void So_it_is_where_gains_move_as_vectors(string name, string change) => CheckSlopes(Graph(name, change, "gain"));

    private static void CheckSlopes(LayerGraph graph)
    {
        AuxiliaryDescription auxiliary = graph.Spec.Auxiliary.Model;
        AuxiliaryModel<double> model = VariantSpecs.RandomModel(auxiliary, seed: 5);
        SimulationBatch batch = new(1, 6, [1, 4, 2, 9, 7, 3], [1, 1, 1, 1, 1, 1]);
        ReferenceResult<double> result = new LiteralTint<double>(graph, model).Run(batch, new RunOptions { WeightUpdates = true });
        var places = (
            from tensor in auxiliary.Tensors()
            from layer in tensor.Layers(auxiliary)
            select (Name: tensor.NameIn(layer), Kind: tensor.Parts.Single(), Layer: layer)).ToDictionary(place => place.Name);

        List<(ParameterKind, int)> changed = [];
        foreach (ReferenceWeightUpdate<double> update in result.WeightUpdates[0])
        {
            (_, ParameterKind kind, int layer) = places[update.Name];
            if (IsSeenByNoScore(auxiliary, kind) || update.Delta.All(value => value == 0))
                continue;
            changed.Add((kind, layer));
            double length = Math.Sqrt(update.Delta.Sum(value => value * value));
            double[] direction = [.. update.Delta.Select(value => value / length)];

            // The learning rate is 1, and each of the blocks side by side moves its own share of a bias.
            double expected = -length / BiasShares(auxiliary, kind);
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

        Assert.Equal(Trained(auxiliary).Order(), changed.Order());
    }

    /// <summary>Everything in the layers, and the norm above them.</summary>
    private static IEnumerable<(ParameterKind, int)> Trained(AuxiliaryDescription auxiliary) =>
        from role in ParameterRoles.All
        where role.Exists(auxiliary) && !IsSeenByNoScore(auxiliary, role.Kind)
        where role.IsOfLayers || role.Kind is ParameterKind.FinalNormGain or ParameterKind.FinalNormBias
        from layer in role.IsOfLayers ? Enumerable.Range(0, auxiliary.LayerCount) : [-1]
        select (role.Kind, layer);

    /// <summary>A softmax does not see what is added to all its scores: b_k, unless keys are turned.</summary>
    private static bool IsSeenByNoScore(AuxiliaryDescription auxiliary, ParameterKind kind) => kind == ParameterKind.KeyBias && auxiliary.Rotary is null;

    private static int BiasShares(AuxiliaryDescription auxiliary, ParameterKind kind)
    {
        int inputs = kind switch
        {
            ParameterKind.DownBias => auxiliary.IntermediateSize,
            ParameterKind.OutputBias => auxiliary.QuerySize,
            _ => 1,
        };
        return (inputs + auxiliary.HiddenSize - 1) / auxiliary.HiddenSize;
    }

    private static LayerGraph Graph(string name, string change, string layerNorm)
    {
        LayerGraph graph = VariantSpecs.Graph(name, Exact + layerNorm);
        AuxiliaryDescription model = graph.Spec.Auxiliary.Model;
        model = change switch
        {
            "parallel" => model with { Block = BlockShape.Parallel },
            "two_norms" => model with { Block = BlockShape.ParallelTwoNorms },
            "alibi" => model with { Positions = PositionKind.Alibi, UnusedPositions = 0 },
            _ => model,
        };
        return BuildLayerGraph.Run(graph.Spec with { Auxiliary = graph.Spec.Auxiliary with { Model = model } });
    }
}
