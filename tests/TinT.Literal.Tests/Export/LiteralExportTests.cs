using System.Text.Json;
using TinT.Literal.Export;
using TinT.Literal.Parameters;
using TinT.Literal.Simulator;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Export;

public sealed class LiteralExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. ExportCase.All.Keys];

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void Every_parameter_of_a_module_is_written_as_it_would_be_allocated(string name)
    {
        ExportCase export = Export(name);
        LiteralLayout layout = new(export.Graph);
        Dictionary<string, double[]> written = Read(export.Name);
        ParameterValues<double> allocated = ParameterAllocation.Allocate<double>(layout.ModuleParameters);
        Assert.All(allocated.Names, parameter => Assert.Equal(Rounded(allocated[parameter], export.Type), written[parameter]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Prefixes_and_embeddings_hold_the_weights_of_the_checkpoint(string name)
    {
        ExportCase export = Export(name);
        LiteralLayout layout = new(export.Graph);
        Dictionary<string, double[]> written = Read(export.Name);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(folder.File("checkpoint"), export.Auxiliary);
        AuxiliaryDescription auxiliary = export.Auxiliary;
        (ParameterKind Kind, string Name)[] tables =
        [
            (ParameterKind.TokenEmbedding, "token_embedding"),
            (ParameterKind.PositionEmbedding, "position_embedding"),
            (ParameterKind.ProjectInWeight, "project_in"),
            (ParameterKind.EmbeddingNormGain, "embedding_norm.gain"),
            (ParameterKind.EmbeddingNormBias, "embedding_norm.bias"),
            (ParameterKind.ProjectOutWeight, "project_out"),
            (ParameterKind.HeadWeight, "head"),
            (ParameterKind.HeadBias, "head.bias"),
        ];
        Assert.All(tables, table => Assert.Equal(auxiliary.Has(table.Kind) ? model.Values(table.Kind, -1) : null, written.GetValueOrDefault(table.Name)));

        // Written out here once more: rows one after another, then the bias in every prefix; the parts of c_2 in equal shares. What fills blocks up is 0.
        int size = auxiliary.HiddenSize;
        int blocks = (auxiliary.IntermediateSize + size - 1) / size;
        int last = auxiliary.IntermediateSize - ((blocks - 1) * size);
        int values = Math.Min(size, auxiliary.KeyValueSize);
        int sharding = layout.Construction.Sharding;
        double[] value = written["prefix.0.attention.value[0]"];
        double[] down = written[$"prefix.0.feed_forward.down[{blocks - 1}]"];
        double[] norm = written["prefix.0.norm1[0]"];
        int hidden = layout.Construction.HiddenSize;
        for (int row = 0; row < size; row++)
        {
            int start = (row / sharding * hidden) + (row % sharding * size);
            Assert.Equal(row < values ? model.Matrix(ParameterKind.ValueWeight, 0).Row(row).ToArray() : new double[size], value[start..(start + size)]);
            Assert.Equal([.. model.Matrix(ParameterKind.DownWeight, 0).Row(row)[^last..], .. new double[size - last]], down[start..(start + size)]);
            Assert.Equal(model.Values(ParameterKind.AttentionNormGain, 0)[row], norm[start + row]);
            for (int prefix = 0; prefix < layout.Construction.PrefixCount; prefix++)
            {
                int bias = (prefix * hidden) + (sharding * size) + row;
                Assert.Equal(row < values ? Bias(ParameterKind.ValueBias, row) : 0, value[bias]);
                Assert.Equal(Bias(ParameterKind.DownBias, row) / blocks, down[bias]);
                Assert.Equal(Bias(ParameterKind.AttentionNormBias, row), norm[bias]);
            }
        }

        Assert.All(written[$"prefix.0.feed_forward.{(auxiliary.IsGated ? "gating" : "activation")}[0]"], element => Assert.Equal(0, element));

        double Bias(ParameterKind kind, int row) => auxiliary.Has(kind) ? model.Values(kind, 0)[row] : 0;
    }

    [Theory, MemberData(nameof(Names))]
    public void The_tensors_are_those_that_are_counted(string name)
    {
        ExportCase export = Export(name);
        LiteralLayout layout = new(export.Graph);
        ParameterDefinition[] expected = [.. layout.ModuleParameters, .. layout.PrefixParameters, .. layout.EmbeddingParameters];
        Dictionary<string, double[]> written = Read(export.Name);
        Assert.Equal(expected.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(layout.CountParameters().Total, written.Values.Sum(values => values.LongLength));
    }

    [Fact]
    public void Shards_are_as_full_as_their_limit_allows_and_the_index_names_every_tensor()
    {
        const long limit = 20_000;
        ExportCase export = ExportCase.All["Gpt2Values"];
        export.WriteCheckpoint(folder.Path);
        ExportSummary summary = export.Export(folder.Path, folder.File("export"), limit);
        string[] shards = [.. Directory.GetFiles(folder.File("export"), "*.safetensors").Order(StringComparer.Ordinal)];
        Assert.Equal(summary.Files.Count - 2, shards.Length);
        Assert.InRange(shards.Length, 3, int.MaxValue);
        Assert.Equal($"model-00001-of-{shards.Length:D5}.safetensors", Path.GetFileName(shards[0]));

        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(folder.File("export", "model.safetensors.index.json")));
        Dictionary<string, string> shardOf = index.RootElement.GetProperty("weight_map").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        Assert.Equal(summary.Bytes, index.RootElement.GetProperty("metadata").GetProperty("total_size").GetInt64());
        Assert.Equal(summary.Tensors, shardOf.Count);
        long previous = long.MaxValue;
        foreach (string shard in shards)
        {
            using SafetensorsFile file = SafetensorsFile.Open(shard);
            Assert.All(file.Tensors, tensor => Assert.Equal(Path.GetFileName(shard), shardOf[tensor.Name]));
            Assert.Equal(shardOf.Count(entry => entry.Value == Path.GetFileName(shard)), file.Tensors.Count);
            long[] sizes = [.. file.Tensors.Select(tensor => tensor.ElementCount * tensor.Type.SizeInBytes())];
            Assert.True(sizes.Sum() <= limit || sizes.Length == 1);

            // The first tensor would not have fitted into the shard before.
            Assert.True(previous == long.MaxValue || previous + sizes[0] > limit);
            previous = sizes.Sum();
        }
    }

    [Fact]
    public void A_tensor_of_many_blocks_is_written_as_it_would_be_allocated()
    {
        ParameterDefinition definition = new(
            "large", [5, ElementStream<float>.BlockSize / 2], [new(ElementStream<float>.BlockSize, 3), new(0, 1), new(ElementStream<float>.BlockSize - 1, 2), new((5L * ElementStream<float>.BlockSize / 2) - 1, 4)]);
        long told = 0;
        ElementStream<float> elements = new(bytes => told += bytes, CancellationToken.None);
        using MemoryStream stream = new();
        elements.Write(stream, definition);
        byte[] expected = new byte[definition.Count * sizeof(float)];
        Buffer.BlockCopy(ParameterAllocation.Allocate<float>(definition), 0, expected, 0, expected.Length);
        Assert.Equal(expected, stream.ToArray());
        Assert.Equal(expected.Length, told);
    }

    [Fact]
    public void Reused_blocks_are_written_once_and_named_by_several_steps_of_the_run()
    {
        Assert.Equal(1, Uses("OptNoneTwoSteps"));
        Assert.Equal(3, Uses("OptNoneTwoStepsReused"));

        int Uses(string name)
        {
            Export(name);
            using JsonDocument description = JsonDocument.Parse(File.ReadAllBytes(folder.File(name, "simulator.json")));
            return description.RootElement.GetProperty("run").EnumerateArray().Count(
                step => step.TryGetProperty("parameters", out JsonElement scope) && scope.GetString() == "forward.0.norm1.");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Everything_that_the_description_names_is_explained_or_written(string name)
    {
        ExportCase export = Export(name);
        Dictionary<string, double[]> written = Read(name);
        using JsonDocument description = JsonDocument.Parse(File.ReadAllBytes(folder.File(name, "simulator.json")));
        JsonElement root = description.RootElement;
        Assert.Equal(new LiteralLayout(export.Graph).CountParameters().Total, root.GetProperty("parameters").GetProperty("total").GetInt64());
        JsonElement programs = root.GetProperty("programs");
        foreach (JsonProperty program in programs.EnumerateObject())
        {
            foreach (JsonElement step in program.Value.GetProperty("steps").EnumerateArray())
            {
                Assert.True(root.GetProperty("operators").TryGetProperty(step.GetProperty("op").GetString()!, out _));
                if (step.TryGetProperty("mask", out JsonElement mask))
                    Assert.True(root.GetProperty("masks").TryGetProperty(mask.GetString()!, out _));
            }
        }

        foreach (JsonElement step in root.GetProperty("run").EnumerateArray())
        {
            string kind = step.GetProperty("step").GetString()!;
            Assert.True(root.GetProperty("run_steps").TryGetProperty(kind, out _));
            if (kind != "module")
                continue;
            if (step.GetProperty("prefix").GetString() is { } prefix)
                Assert.Contains(prefix, written.Keys);
            string scope = step.GetProperty("parameters").GetString()!;
            foreach (JsonProperty parameter in programs.GetProperty(step.GetProperty("program").GetString()!).GetProperty("parameters").EnumerateObject())
            {
                long count = parameter.Value.EnumerateArray().Aggregate(1L, (product, size) => product * size.GetInt32());
                Assert.Equal(count, written[scope + parameter.Name].LongLength);
            }
        }
    }

    private static double[] Rounded(double[] values, TensorType type) => type == TensorType.F64 ? values : [.. values.Select(value => (double)(float)value)];

    private ExportCase Export(string name)
    {
        ExportCase export = ExportCase.All[name];
        export.WriteCheckpoint(folder.File("checkpoint"));
        export.Export(folder.File("checkpoint"), folder.File(name), shardBytes: 100_000);
        return export;
    }

    private Dictionary<string, double[]> Read(string name)
    {
        Dictionary<string, double[]> tensors = new(StringComparer.Ordinal);
        foreach (string shard in Directory.GetFiles(folder.File(name), "*.safetensors"))
        {
            using SafetensorsFile file = SafetensorsFile.Open(shard);
            foreach (SafetensorsTensor tensor in file.Tensors)
                tensors.Add(tensor.Name, tensor.ReadDoubles());
        }

        return tensors;
    }
}
