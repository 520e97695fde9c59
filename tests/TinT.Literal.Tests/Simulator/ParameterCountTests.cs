using System.Text.Json;
using TinT.Literal.Modules;
using TinT.Literal.Parameters;
using TinT.Literal.Simulator;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Simulator;

public sealed class ParameterCountTests
{
    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void A_simulator_has_as_many_parameters_as_the_authors(string name) => CheckCount(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void A_simulator_has_as_many_parameters_as_the_authors_in_shared_cases(string name) => CheckCount(name);

    [Theory]
    [InlineData("gpt2", 492_577_866, 774_179_496, 170_655_744, 39_383_808, 1_476_796_914)]
    public void The_full_size_has_the_published_parts(string spec, long forward, long backward, long prefixes, long embeddings, long total)
    {
        ParameterCounts counts = new LiteralLayout(LayerGraphs.OfText(ReadSpec(spec))).CountParameters();
        Assert.Equal([forward, backward, prefixes, embeddings], [counts.ForwardBlocks, counts.BackwardBlocks, counts.Prefixes, counts.Embeddings]);
        Assert.Equal(total, counts.Total);
    }

    [Theory]
    [InlineData("gpt2", true, 1_476_796_914)]
    [InlineData("gpt2", false, 1_953_271_458)]
    [InlineData("opt-125m", true, 1_669_324_018)]
    [InlineData("opt-125m", false, 2_212_104_610)]
    public void The_full_size_has_the_published_total(string spec, bool reuse, long total)
    {
        IEnumerable<string> lines = ReadSpec(spec).Split('\n').Where(line => !line.Contains("reuse_blocks", StringComparison.Ordinal));
        string text = string.Join('\n', lines)
            .Replace("\nsimulator:", reuse ? "\nsimulator:\n  reuse_blocks: true" : "\nsimulator:\n  reuse_blocks: false", StringComparison.Ordinal);
        Assert.Equal(total, new LiteralLayout(LayerGraphs.OfText(text)).CountParameters().Total);
    }

    [Fact]
    public void A_gate_is_a_product_layer_forward_and_two_with_the_maps_of_an_activation_backward()
    {
        ConstructionSettings construction = new LiteralLayout(LayerGraphs.OfText(ReadSpec("gpt2"))).Construction;
        int factor = construction.HiddenSize - construction.AuxiliarySize;
        int gate = factor - construction.AuxiliarySize;

        // 2 (H c + H) + H² / c + H + 2 (context + P) + 2 with H = 3072, c = 12 parts, context 1024, P = 256; with one map in front it is today's activation.
        Assert.Equal(871_938, Count(new GateForward("", construction, gate, factor)));
        Assert.Equal(832_002, Count(new ActivationForward("", construction, factor)));
        Assert.Equal((2 * 871_938) + Count(new ActivationBackward("", construction, factor)), Count(new GateBackward("", construction, gate, factor)));
    }

    [Fact]
    public void A_norm_has_as_many_parameters_with_a_mean_as_without()
    {
        ConstructionSettings construction = new LiteralLayout(LayerGraphs.OfText(ReadSpec("gpt2"))).Construction;
        ConstructionSettings without = construction with { Auxiliary = construction.Auxiliary with { Norm = "rms_norm" } };
        int input = construction.HiddenSize - construction.AuxiliarySize;
        int normalized = input - construction.AuxiliarySize;
        Assert.Equal(
            Count(new LayerNormForward("", construction, normalized, input)), Count(new LayerNormForward("", without, normalized, input)));
        Assert.Equal(
            Count(new LayerNormBackward("", construction, normalized, input)), Count(new LayerNormBackward("", without, normalized, input)));
    }

    [Theory]
    [InlineData("gpt2, hidden_size: 768, num_attention_heads: 12, intermediate_size: 3072", 6 + (2 * 4))]
    [InlineData("gptj, hidden_size: 64, num_attention_heads: 4, intermediate_size: 256, positions: {kind: rotary, rotary_dim: 8}", 5 + (2 * 4))]
    [InlineData("llama, hidden_size: 4096, num_attention_heads: 32, intermediate_size: 11008", 6 + (3 * 3))]
    [InlineData("llama, hidden_size: 2048, num_attention_heads: 32, num_key_value_heads: 4, intermediate_size: 5632", 6 + (3 * 3))]
    [InlineData("bloom, hidden_size: 64, num_attention_heads: 4, intermediate_size: 256", 6 + (2 * 4))]
    [InlineData("qwen3, hidden_size: 1024, num_attention_heads: 16, num_key_value_heads: 8, head_dim: 64, intermediate_size: 3072", 6 + (3 * 3) + 2)]
    [InlineData("gemma, hidden_size: 3072, num_attention_heads: 16, num_key_value_heads: 16, head_dim: 256, intermediate_size: 24576", 2 + (4 * 2) + (3 * 8))]
    public void A_block_has_as_many_matrices_as_its_shape_says(string auxiliary, int matrices)
    {
        LiteralLayout layout = new(LayerGraphs.OfText($$"""
            tint: 1
            model: Counted
            auxiliary: {vocab_size: 11, max_position_embeddings: 8, num_hidden_layers: 1, architecture: {{auxiliary}}}
            simulator: {sharding: 4}
            training: {learning_rate: 0.01}
            """));
        Assert.Equal(matrices, layout.Graph.ForwardBlock.Count(module => module.Matrix is not null));
    }

    [Theory, MemberData(nameof(VariantSpecs.Names), MemberType = typeof(VariantSpecs))]
    public void What_is_counted_is_what_is_allocated_for_every_architecture(string name)
    {
        foreach (string layerNorm in new[] { "gain", "full" })
        {
            LiteralLayout layout = new(VariantSpecs.Graph(name, $"learning_rate: 0.01, attention: exact, layer_norm: {layerNorm}"));
            Assert.Equal(
                layout.CountParameters().Total,
                ParameterAllocation.Allocate<float>([.. layout.ModuleParameters, .. layout.PrefixParameters, .. layout.EmbeddingParameters]).Count);
        }
    }

    /// <summary>GPT-2's simulator has 2 norms in each of 12 layers and one above; the descent of each gets a mask: an attention layer and a split map.</summary>
    [Fact]
    public void Gains_that_move_as_vectors_cost_a_mask_for_each_norm()
    {
        const long Size = 768, Hidden = 3072, Prefixes = 256, Heads = Hidden / Prefixes, Positions = 1024 + Prefixes;
        const long Role = (Heads * Prefixes * Prefixes) + Hidden + (Prefixes * Heads * Heads) + Hidden;
        const long Codes = (Positions * 3 * Prefixes) + (3 * Prefixes) + (3 * Heads) + Heads;
        const long Projection = (Prefixes * Heads * Heads) + Hidden;
        const long Map = (Hidden * Size) + Hidden;
        long Total(string layerNorm) => new LiteralLayout(LayerGraphs.OfText(ReadSpec("gpt2").Replace(
            "layer_norm: bias", $"layer_norm: {layerNorm}", StringComparison.Ordinal))).CountParameters().Total;

        Assert.Equal(((2 * 12) + 1) * ((3 * Role) + Codes + Projection + Map), Total("gain") - Total("full"));
    }

    [Fact]
    public void What_is_counted_is_what_is_allocated()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        LiteralLayout layout = new(LayerGraphs.OfFile(golden.SpecPath));
        ParameterCounts counts = layout.CountParameters();
        Assert.Equal(counts.ForwardLayers, ParameterAllocation.Allocate<float>(layout.ForwardParameters).Count);
        Assert.Equal(counts.FinalNorm, ParameterAllocation.Allocate<float>(layout.FinalNormParameters).Count);
        Assert.Equal(counts.BackwardBlocks, ParameterAllocation.Allocate<float>(layout.BackwardParameters).Count);
        Assert.Equal(counts.Prefixes, ParameterAllocation.Allocate<float>(layout.PrefixParameters).Count);
        Assert.Equal(counts.Embeddings, ParameterAllocation.Allocate<float>(layout.EmbeddingParameters).Count);
    }

    private static long Count(LiteralModule module) => module.Parameters.Sum(parameter => parameter.Count);

    private static string ReadSpec(string name) => File.ReadAllText(RepositoryFiles.InRepository("specs", name + ".tint.yaml"));

    private static void CheckCount(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(golden.Folder, "case.json")));
        Assert.Equal(
            json.RootElement.GetProperty("simulator_parameters").GetInt64(),
            new LiteralLayout(LayerGraphs.OfFile(golden.SpecPath)).CountParameters().Total);
    }
}
