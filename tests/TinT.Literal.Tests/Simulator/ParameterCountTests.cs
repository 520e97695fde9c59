using System.Text.Json;
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
