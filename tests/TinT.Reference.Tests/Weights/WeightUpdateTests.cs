using TinT.Model;
using TinT.Model.Architectures;
using TinT.Reference.Exact;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Reference.Tests.Weights;

public sealed class WeightUpdateTests
{
    [Theory]
    [InlineData("gpt2")]
    [InlineData("opt")]
    public void With_all_parameters_trained_every_checkpoint_tensor_has_an_update(string architecture)
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary(architecture));
        SimulatorDescription description = RandomCase.Description(model.Description);

        ReferenceResult<double> result = new ExactFineTuning<double>(model, description, ParameterSubset.All)
            .Run(RandomCase.Batch(), new RunOptions { WeightUpdates = true });

        // GPT-2: 2 embeddings, 12 tensors in each of 2 layers, 2 of the final norm; OPT has q, k and v apart.
        int expected = architecture == "gpt2" ? 2 + 2 * 12 + 2 : 2 + 2 * 16 + 2;
        Assert.Equal(2, result.WeightUpdates.Count);
        Assert.All(result.WeightUpdates, updates => Assert.Equal(expected, updates.Count));
        Assert.All(result.WeightUpdates[0], update => Assert.Equal(update.Shape.Aggregate((left, right) => left * right), update.Delta.Length));
    }

    [Fact]
    public void GPT2_updates_are_transposed_and_fused_as_in_its_checkpoints()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        SimulatorDescription description = RandomCase.Description(model.Description, layers: 1);
        SimulationBatch batch = RandomCase.Batch(batchSize: 1);

        ReferenceResult<double> result = new PlainTint<double>(model, description).Run(batch, new RunOptions { WeightUpdates = true });

        ReferenceWeightUpdate<double> fused = Find(result, "transformer.h.1.attn.c_attn.weight");
        Assert.Equal([12, 36], fused.Shape);
        Assert.All(Enumerable.Range(0, 12), row => Assert.All(fused.Delta[(row * 36)..(row * 36 + 24)], value => Assert.Equal(0, value)));
        Assert.All(Enumerable.Range(0, 12), row => Assert.Contains(fused.Delta[(row * 36 + 24)..(row * 36 + 36)], value => value != 0));
        Assert.Equal([24, 12], Find(result, "transformer.h.1.mlp.c_proj.weight").Shape);
        Assert.DoesNotContain(result.WeightUpdates[0], update => update.Name.StartsWith("transformer.h.0.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bloom, three heads", "transformer.h.1.self_attention.query_key_value", 3, 4, 1)]
    [InlineData("gpt_neox", "gpt_neox.layers.1.attention.query_key_value", 2, 6, 1)]
    [InlineData("falcon, groups", "transformer.h.1.self_attention.query_key_value", 2, 2, 3)]
    [InlineData("falcon", "transformer.h.1.self_attention.query_key_value", 1, 6, 2)]
    public void Values_of_interleaved_heads_are_updated_where_they_are_stored(string name, string module, int groups, int headSize, int queries)
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomVariants.All[name]);
        ReferenceResult<double> result = new PlainTint<double>(model, RandomCase.Description(model.Description, layers: 1))
            .Run(RandomCase.Batch(batchSize: 1), new RunOptions { WeightUpdates = true });

        // Of each group its queries, its keys, its values.
        ReferenceWeightUpdate<double> fused = Find(result, module + ".weight");
        int rows = groups * (queries + 2) * headSize;
        Assert.Equal([rows, 12], fused.Shape);
        for (int row = 0; row < rows; row++)
        {
            bool isValue = row / headSize % (queries + 2) == queries + 1;
            Assert.All(fused.Delta[(row * 12)..((row + 1) * 12)], value => Assert.Equal(isValue, value != 0));
        }
    }

    [Fact]
    public void A_bias_moves_by_as_many_rates_as_its_map_has_blocks_of_inputs()
    {
        // d = 4, h·d = 16, D = 12, I = 19: two blocks for the map behind attention and for the last of the feed-forward module.
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomVariants.All["llama, groups and biases"]);
        SimulatorDescription description = RandomCase.Description(model.Description);
        ReferenceResult<double> Run(PlainTintOptions options) =>
            new PlainTint<double>(model, description, options).Run(RandomCase.Batch(batchSize: 1), new RunOptions { WeightUpdates = true });
        ReferenceResult<double> written = Run(PlainTintOptions.AsWritten);
        ReferenceResult<double> exact = Run(new PlainTintOptions { ExactBiases = true });

        foreach ((string module, int blocks) in new[] { ("self_attn.v_proj", 1), ("self_attn.o_proj", 2), ("mlp.gate_proj", 1), ("mlp.up_proj", 1), ("mlp.down_proj", 2) })
        {
            string bias = $"model.layers.1.{module}.bias";
            double[] expected = [.. Find(exact, bias).Delta.Select(value => blocks * value)];
            Assert.InRange(Difference.Relative(Find(written, bias).Delta, expected), 0, 1e-12);
        }
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("bias", 5)]
    [InlineData("gain", 10)]
    [InlineData("full", 10)]
    public void Layer_norm_decides_which_of_its_tensors_change(string layerNorm, int expected)
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        SimulatorDescription description = RandomCase.Description(model.Description, layerNorm: layerNorm);

        ReferenceResult<double> result = new PlainTint<double>(model, description).Run(RandomCase.Batch(), new RunOptions { WeightUpdates = true });

        Assert.Equal(expected, result.WeightUpdates[0].Count(update => update.Name.Contains(".ln_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Adding_the_updates_to_the_weights_gives_the_logits_after()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary("opt", "relu"));
        SimulatorDescription description = RandomCase.Description(model.Description, steps: 2);
        SimulationBatch batch = RandomCase.Batch(batchSize: 1);
        ReferenceResult<double> result = new ExactFineTuning<double>(model, description, ParameterSubset.TopBlocks)
            .Run(batch, new RunOptions { WeightUpdates = true });

        AuxiliaryModel<double> trained = new(model.Description, (kind, layer) =>
        {
            StoredTensor tensor = model.Description.Family().TensorOf(model.Description, kind);
            ReferenceWeightUpdate<double>? update = result.WeightUpdates[0]
                .SingleOrDefault(candidate => candidate.Name == tensor.Name.Replace("{0}", $"{layer}", StringComparison.Ordinal));
            double[] values = model.Values(kind, layer);
            return update is null ? values : [.. values.Zip(update.Delta, (value, delta) => value + delta)];
        });

        // The difference after − before is rounded, then added again: a few units in the last place.
        Assert.InRange(Difference.Largest(SummedLoss.Logits(trained, batch).Values, result.LogitsAfter!), 0, 1e-12);
        Assert.True(Difference.Largest(result.LogitsAfter!, result.LogitsBefore!) > 0.01);
    }

    [Fact]
    public void Runs_leave_the_loaded_weights_alone_and_sequences_do_not_see_each_other()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        double[] before = [.. model.Tensors.SelectMany(tensor => tensor.Values)];
        PlainTint<double> tint = new(model, RandomCase.Description(model.Description, layerNorm: "full"));
        SimulationBatch both = RandomCase.Batch(batchSize: 2);
        int tokens = both.TokenCount;
        SimulationBatch second = new(1, tokens, both.InputIds[tokens..], both.TrainingMask[tokens..]);

        double[] together = tint.Run(both).LogitsAfter!;
        double[] alone = tint.Run(second).LogitsAfter!;

        Assert.Equal(alone, together[alone.Length..]);
        Assert.Equal(before, model.Tensors.SelectMany(tensor => tensor.Values));
    }

    private static ReferenceWeightUpdate<double> Find(ReferenceResult<double> result, string name) =>
        result.WeightUpdates[0].Single(update => update.Name == name);
}
