using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;

namespace TinT.Compiler.Tests.Lowering;

/// <summary>Specs of every combination of training options, small enough to lower by the hundred.</summary>
internal static class TestSpecs
{
    public static ModelSpec Create(
        string architecture = "gpt2",
        string layerNorm = "bias",
        string attention = "values",
        string loss = "softmax",
        int blocks = 4,
        int steps = 1,
        int layers = 2,
        string update = "primal",
        int context = 32,
        int vocabulary = 101,
        int width = 48)
    {
        SpecReadResult read = SpecReader.Read(
            $"""
            tint: 1
            model: Small
            auxiliary:
              architecture: {architecture}
              vocab_size: {vocabulary}
              max_position_embeddings: {context}
              hidden_size: {width}
              num_hidden_layers: 3
              num_attention_heads: 3
              intermediate_size: {width * blocks}
            simulator:
              sharding: 3
            training:
              steps: {steps}
              layers: {layers}
              loss: {loss}
              layer_norm: {layerNorm}
              attention: {attention}
              update: {update}
            """);
        Assert.Empty(read.Diagnostics);
        return read.Spec!;
    }

    public static IEnumerable<ModelSpec> All() =>
        from architecture in new[] { "gpt2", "opt" }
        from layerNorm in new[] { "none", "bias", "gain", "full" }
        from attention in new[] { "none", "values", "exact" }
        from loss in new[] { "softmax", "mean_embedding" }
        from blocks in new[] { 1, 4 }
        from steps in new[] { 1, 2 }
        from update in layerNorm == "full" ? ["primal"] : new[] { "primal", "auto", "dual" }
        select Create(architecture, layerNorm, attention, loss, blocks, steps, update: update, context: 128);
}
