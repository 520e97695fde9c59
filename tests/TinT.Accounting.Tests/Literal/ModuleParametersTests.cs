using TinT.Accounting.Literal;
using TinT.Literal.Parameters;
using TinT.Literal.Simulator;
using TinT.Tests.Common;

namespace TinT.Accounting.Tests.Literal;

public sealed class ModuleParametersTests
{
    [Theory]
    [InlineData("gpt2", true, 1_476_796_914)]
    [InlineData("gpt2", false, 1_953_271_458)]
    [InlineData("opt-125m", true, 1_669_324_018)]
    [InlineData("opt-125m", false, 2_212_104_610)]
    public void The_rows_of_the_table_add_up_to_the_published_total(string spec, bool reuse, long total)
    {
        LiteralLayout layout = new(Shipped(spec, reuse).Graph);
        ParameterCounts counts = layout.CountParameters();

        long rows = ModuleParameters.Of(layout).Sum(row => row.Total);
        Assert.Equal(counts.ForwardBlocks + counts.BackwardBlocks, rows);
        Assert.Equal(total, rows + counts.Prefixes + counts.Embeddings);
    }

    [Fact]
    public void The_parts_of_gpt2_are_the_published_ones()
    {
        IReadOnlyList<ModuleParameters> rows = ModuleParameters.Of(new LiteralLayout(Shipped("gpt2", reuse: true).Graph));

        // As in the published accounting the final norm, with its backward and descent modules, is among the forward blocks.
        long Sum(Func<ModuleParameters, bool> rowsOf, Func<ModuleParameters, long> of) => rows.Where(rowsOf).Sum(of);
        bool IsFinal(ModuleParameters row) => row.Name == "final_norm";
        Assert.Equal(492_577_866, Sum(row => !IsFinal(row), row => row.Forward * row.ForwardBlocks) + Sum(IsFinal, row => row.Total));
        Assert.Equal(774_179_496, Sum(row => !IsFinal(row), row => (row.Backward + row.Descent) * row.BackwardBlocks));
    }

    [Theory]
    [InlineData("values", "bias", true, 1)]
    [InlineData("exact", "full", true, 2)]
    [InlineData("values", "gain", false, 2)]
    [InlineData("none", "none", false, 2)]
    public void The_table_is_what_a_simulator_allocates(string attention, string norm, bool reuse, int steps)
    {
        CompiledSpec small = CompiledSpec.OfText(
            new SmallSpec("Allocated") { LayerCount = 3, TrainedLayers = 2, Attention = attention, LayerNorm = norm, Steps = steps }.Text
            .Replace("simulator:", reuse ? "simulator:\n  reuse_blocks: true" : "simulator:\n  reuse_blocks: false", StringComparison.Ordinal));
        LiteralLayout layout = new(small.Graph);

        Assert.Equal(ParameterAllocation.Allocate<float>(layout.ModuleParameters).Count, ModuleParameters.Of(layout).Sum(row => row.Total));
        Assert.Equal(
            ["norm1", "attention", "attention.output", "norm2", "feed_forward.up", "feed_forward.activation", "feed_forward.down", "final_norm", .. Trained(
                attention)],
            ModuleParameters.Of(layout).Select(row => row.Name));
    }

    /// <summary>The projections' forward modules are counted with attention; what is trained of them has modules of its own.</summary>
    private static string[] Trained(string attention) =>
        attention == "exact" ? ["attention.query", "attention.key", "attention.value"] : ["attention.value"];

    private static CompiledSpec Shipped(string spec, bool reuse) => CompiledSpec.Shipped(spec, text => string.Join(
        '\n', text.Split('\n').Where(line => !line.Contains("reuse_blocks", StringComparison.Ordinal)))
        .Replace("\nsimulator:", reuse ? "\nsimulator:\n  reuse_blocks: true" : "\nsimulator:\n  reuse_blocks: false", StringComparison.Ordinal));
}
