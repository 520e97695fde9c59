using TinT.Accounting.Literal;
using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Reading;
using TinT.Literal.Simulator;
using TinT.Tests.Common;

namespace TinT.Accounting.Tests.Literal;

public sealed class LiteralCostTests
{
    [Fact]
    public void The_depth_is_the_one_counted_by_hand()
    {
        // One layer, K = 2, one step, attention: values, layer_norm: bias. (attention layers, MLP layers):
        // forward: norm1 (1, 1); q, k, v 3 (1, 1); softmax (1, 0); output (1, 1); norm2 (1, 1); up 2 (1, 1); act 2 (0, 1); down 2 (1, 1): (11, 12)
        // final norm (1, 1); loss gradient (0, 1); its backward (1, 1) and descent (1, 0)
        // backward: down 2 (1, 0), its descent 2 (1, 0), act 2 (0, 1), up 2 + 2 (1, 0), norm2 (1, 1) + (1, 0), output (1, 0) + (1, 0), softmax (1, 0),
        // value (1, 0) + (1, 0), norm1 (1, 1) + (1, 0): (17, 4)
        // forward again (11, 12), final norm (1, 1); the head is none.
        LiteralCost cost = Cost(new SmallSpec("Depth") { LayerCount = 1, TrainedLayers = 1, FeedForwardBlocks = 2 });

        Assert.Equal(11 + 1 + 0 + 2 + 17 + 11 + 1, cost.AttentionLayers);
        Assert.Equal(12 + 1 + 1 + 1 + 4 + 12 + 1, cost.MlpLayers);
        Assert.Equal(75, cost.Depth);

        // Side by side: forward norm1 2, one projection 2, softmax 1, output 2, norm2 2, up 2, act 1, down 2: 14; final norm 2; loss 1;
        // backward final norm 2, down 1, act 1, up 1, norm2 2, output 1, softmax 1, value 1, then value's descent at its side: norm1's descent (1) needs
        // value's gradient, so the weight of norm1 is ready at 17 + 2 + 8 + 1 = 28; forward from norm1 14 and the final norm 2: 28 + 16 = 44.
        Assert.Equal(44, cost.LongestChain);

        // Of the forward block's 23 layers q, k, v share 2 and up, act and down two each; of the backward block's 21 up, act and down share.
        Assert.Equal((23 - 4 - 2 - 1 - 2) + 2 + 3 + (21 - 2 - 1 - 2), cost.DistinctLayers);
    }

    [Fact]
    public void The_depth_of_gated_units_and_norms_without_biases_is_the_one_counted_by_hand()
    {
        // One layer, K = 2, one step. (attention layers, MLP layers):
        // forward: norm1 (1, 1); q, k, v 3 (1, 1); softmax (1, 0); output (1, 1); norm2 (1, 1); gate 2 and up 2 (1, 1); product 2 (0, 1); down 2 (1, 1): (13, 14)
        // final norm (1, 1); loss gradient (0, 1); its backward (1, 1), no descent
        // backward: down 2 (1, 0), its descent 2 (1, 0), two products and the activation's difference 2 (0, 3), gate and up 4 + 4 (1, 0), norm2 (1, 1),
        // output (1, 0) + (1, 0), softmax (1, 0), value (1, 0) + (1, 0), norm1 (1, 1): (19, 8)
        // forward again (13, 14), final norm (1, 1); the head is none.
        LayerGraph graph = BuildLayerGraph.Run(SpecReader.Read("""
            tint: 1
            model: Gated
            auxiliary: {architecture: llama, vocab_size: 11, max_position_embeddings: 8, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 4,
              num_key_value_heads: 2, intermediate_size: 12}
            simulator: {sharding: 2}
            training: {steps: 1, layers: 1, learning_rate: 0.01}
            """).Spec!);
        LiteralCost cost = LiteralCost.Of(new LiteralLayout(graph), PlannedRun.Of(graph.Spec));

        Assert.Equal(13 + 1 + 0 + 1 + 19 + 13 + 1, cost.AttentionLayers);
        Assert.Equal(14 + 1 + 1 + 1 + 8 + 14 + 1, cost.MlpLayers);
    }

    public static TheoryData<string> ShippedSpecs =>
        [.. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(ShippedSpecs))]
    public void Every_shipped_spec_is_counted(string file)
    {
        SpecReadResult result = SpecReader.Read(File.ReadAllText(RepositoryFiles.InRepository("specs", file)));
        Assert.True(result.Spec is not null, string.Join('\n', result.Diagnostics));
        LiteralLayout layout = new(BuildLayerGraph.Run(result.Spec!));
        LiteralCost cost = LiteralCost.Of(layout, PlannedRun.Of(result.Spec!));
        Assert.All(cost.Modules, module => Assert.True(module.PerExecution.Bytes > 0, module.Program));
        Assert.InRange(cost.LongestChain, 1, cost.Depth);

        ParameterCounts counts = layout.CountParameters();
        Assert.Equal(counts.ForwardBlocks + counts.BackwardBlocks, ModuleParameters.Of(layout).Sum(row => row.Total));
    }

    [Fact]
    public void Several_steps_repeat_the_backward_and_forward_passes()
    {
        SmallSpec spec = new("Steps") { LayerCount = 3, TrainedLayers = 2, FeedForwardBlocks = 2 };
        LiteralCost one = Cost(spec);
        LiteralCost three = Cost(spec with { Steps = 3 });

        // A step: the loss gradient, backward through the final norm and two layers, two layers forward, the final norm.
        Assert.Equal(2 * (1 + 3 + (2 * 21) + (2 * 23) + 2), three.Depth - one.Depth);
    }

    [Fact]
    public void Reuse_changes_the_distinct_layers_and_nothing_else()
    {
        SmallSpec spec = new("Reuse") { LayerCount = 2, TrainedLayers = 1, Steps = 2 };
        string text = spec.Text.Replace("simulator:", "simulator:\n  reuse_blocks: false", StringComparison.Ordinal);
        LiteralCost reused = Cost(spec);
        CompiledSpec own = CompiledSpec.OfText(text);
        LiteralCost distinct = LiteralCost.Of(new LiteralLayout(own.Graph), PlannedRun.Of(own.Spec));

        Assert.Equal(reused.Depth, distinct.Depth);
        Assert.Equal(reused.Total, distinct.Total);

        // Two more forward blocks of 14 layers and one more backward block of 16.
        Assert.Equal((2 * 14) + 16, distinct.DistinctLayers - reused.DistinctLayers);
    }

    [Fact]
    public void A_descent_costs_what_its_parameters_and_positions_say()
    {
        // D = 8, S = 4, P = 2, H = 40, context 16, T = 6: 8 positions of 40 numbers, 20 heads of 2 coordinates.
        SmallSpec spec = new("Hand") { HiddenSize = 8, Sharding = 4, LayerCount = 1, TrainedLayers = 1, Context = 16 };
        ExecutedModule descent = Cost(spec, tokens: 6).Modules.Single(module => module is { Direction: Direction.Descent, Name: "attention.output" });

        // Weights: split maps 20 · 2², and 5 · 8² for the gradient in the order of the rows; mixing maps 2 · 20², and 8 · 5² before the gradient;
        // position codes 18 · 6; two gates of 18.
        long weights = (2 * 20 * 4) + (5 * 64) + (3 * 2 * 400) + (8 * 25) + (18 * 6) + (2 * 18);
        long biases = (7 * 40) + 6 + 2;
        long expansion = (3 * 20) + 20;
        Assert.Equal((2 * 8 * weights) + (2 * 2 * 8 * 8 * 40), descent.PerExecution.ProductOperations);
        Assert.Equal(4 * (weights + biases + expansion), descent.PerExecution.ParameterBytes);

        // Biases; codes · factor + bias on queries, keys and values; tanh of two gates and what they mix. Linear attention adds nothing.
        Assert.Equal((8 * biases) + (3 * 3 * 8 * 40) + (2 * 8) + (3 * 8 * 40), descent.PerExecution.ElementOperations);

        // Seven maps, the codes' map, the sums onto three embeddings, the attention, two gates' maps and their mixing.
        long read = (7 * 320) + (8 * 18) + (8 * 6) + (3 * 320) + (3 * 320) + (2 * 8 * 18) + (2 * 320);
        long written = (7 * 320) + (8 * 6) + (3 * 320) + 320 + (2 * 8) + 320;
        Assert.Equal(4 * read, descent.PerExecution.ActivationBytesRead);
        Assert.Equal(4 * written, descent.PerExecution.ActivationBytesWritten);
    }

    [Fact]
    public void Every_combination_of_options_has_a_cost()
    {
        foreach (string attention in SmallSpec.Attentions)
        {
            foreach (string norm in SmallSpec.LayerNorms)
            {
                foreach (string activation in SmallSpec.Activations)
                {
                    LiteralCost cost = Cost(new SmallSpec("All") { Attention = attention, LayerNorm = norm, Activation = activation });
                    Assert.All(cost.Modules, module => Assert.True(module.PerExecution.Bytes > 0, module.Program));
                }
            }
        }
    }

    private static LiteralCost Cost(SmallSpec spec, int? tokens = null)
    {
        CompiledSpec compiled = CompiledSpec.OfText(spec.Text.Replace("simulator:", "simulator:\n  reuse_blocks: true", StringComparison.Ordinal));
        return LiteralCost.Of(new LiteralLayout(compiled.Graph), PlannedRun.Of(compiled.Spec, tokens));
    }
}
