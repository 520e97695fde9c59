using TinT.Compiler.Construction;
using TinT.Literal.Execution;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Simulator;

/// <summary>Every parameter tensor of a whole simulator is used, but for those that the construction leaves without effect.</summary>
public sealed class ParameterUseTests
{
    [Fact]
    public void Clearing_a_parameter_changes_the_result_unless_the_construction_leaves_it_without_effect()
    {
        SmallSpec spec = new("ParameterUse")
        {
            HiddenSize = 8, HeadCount = 2, Sharding = 2, LayerCount = 1, TrainedLayers = 1, FeedForwardBlocks = 2, Attention = "exact", LayerNorm = "full",
        };
        using TemporaryFolder folder = new();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        LiteralTint<double> tint = new(LayerGraphs.OfText(spec.Text), AuxiliaryModelReader.Read<double>(folder.Path, spec.Description.Auxiliary));
        SimulationBatch batch = new(1, 6, [3, 1, 4, 1, 5, 9], [1, 1, 1, 1, 0, 0]);
        CheckUse(tint, batch, IsWithoutEffect);
    }

    [Theory]
    [InlineData("llama_biases", "full")]
    [InlineData("qwen3", "full")]
    [InlineData("qwen3", "gain")]
    public void So_it_is_with_gates_groups_norms_of_heads_and_turned_queries_and_keys(string name, string layerNorm)
    {
        LayerGraph graph = VariantSpecs.Graph(name, $"attention: exact, layer_norm: {layerNorm}, learning_rate: 0.01", layers: 1);
        AuxiliaryDescription model = graph.Spec.Auxiliary.Model;
        LiteralTint<double> tint = new(graph, VariantSpecs.RandomModel(model, seed: 1));
        CheckUse(
            tint, new SimulationBatch(1, 6, [3, 1, 4, 1, 5, 9], [1, 1, 1, 1, 0, 0]), parameter => IsWithoutEffect(parameter) || CopiesNoBias(model, parameter));
    }

    /// <summary>Where a linear module has no bias, what would copy it to the tokens copies zeros.</summary>
    private static bool CopiesNoBias(AuxiliaryDescription model, string name)
    {
        bool Has(string part) => name.Contains(part, StringComparison.Ordinal);
        bool isCopy = name.EndsWith(".v_attn.weight", StringComparison.Ordinal) || name.EndsWith(".v_attn_head.weight", StringComparison.Ordinal);
        if (!isCopy || Has(".descent.") || Has(".backward.") || Has(".attention.attnt_module.") || Has(".attention_back.") || Has(".scores.attnt_module."))
            return false;

        // Queries, keys and values are made, and made again, by one module.
        bool isProjection = Has(".attention.linear.") || Has(".input.linear.") || Has(".scores.linear.");
        string module = isProjection ? "attention.query" : ParameterRoles.All.Select(role => role.Module).Distinct().Single(module => Has($".{module}."));
        return !model.HasBias(module);
    }

    private static void CheckUse(LiteralTint<double> tint, SimulationBatch batch, Func<string, bool> isWithoutEffect)
    {
        double[] expected = Run(tint, batch);

        string[] used = [.. tint.Parameters.Names.Where(name => tint.Parameters[name].Any(value => value != 0))];
        string[] idle = [.. used.Where(name => !Changes(tint, batch, name, expected))];
        Assert.All(idle, name => Assert.True(isWithoutEffect(name), name));
        Assert.All(used.Where(isWithoutEffect), name => Assert.Contains(name, idle));
    }

    /// <summary>
    /// A prefix is put back after every module but the descents, so the other modules' gates need not keep it, unless the prefix is read
    /// behind them as in a forward layer norm; backward modules have no key in the embedding and descents no query, so what would
    /// map it maps zeros. In front of the scores, b_v adds the same to ∂A[i, j] for every j, which the softmax takes away. Nothing
    /// lies below the lowest layer's first norm.
    /// </summary>
    private static bool IsWithoutEffect(string name)
    {
        bool Has(string part) => name.Contains(part, StringComparison.Ordinal);
        bool Ends(string part) => name.EndsWith(part, StringComparison.Ordinal);
        bool keepsPrefix = Ends(".old_v.weight") || Ends(".new_v.weight");
        bool prefixIsRead = Has(".descent.") || (Has("forward.") && Has(".normalization_gates."));
        return Has("backward.0.step0.norm1.backward.")
            || (keepsPrefix && !prefixIsRead)
            || (Ends(".q_attn.weight") && Has(".descent."))
            || (Ends(".k_attn_head.weight") && Has(".backward."))
            || ((Ends(".v_attn.weight") || Ends(".v_attn_head.weight")) && Has(".scores.linear."));
    }

    private static bool Changes(LiteralTint<double> tint, SimulationBatch batch, string name, double[] expected)
    {
        double[] values = tint.Parameters[name];
        double[] kept = [.. values];
        Array.Clear(values);
        double[] result = Run(tint, batch);
        kept.CopyTo(values, 0);

        // A parameter without effect leaves every bit; one with an effect is far above rounding, which N = 1000 brings to 1e-13.
        return !(Difference.Relative(result, expected) < 1e-12);
    }

    /// <summary>The logits and the weights' changes, one after another.</summary>
    private static double[] Run(LiteralTint<double> tint, SimulationBatch batch)
    {
        ReferenceResult<double> result = tint.Run(batch, new RunOptions { WeightUpdates = true });
        return [.. result.LogitsAfter!, .. result.WeightUpdates[0].SelectMany(update => update.Delta)];
    }
}
