using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>Configurations as published models have them, of older and newer versions of <c>transformers</c>.</summary>
public sealed class PublishedConfigurationTests
{
    // Counts as their model pages state them.
    [Theory]
    [InlineData("gpt2", 124_439_808)]
    [InlineData("opt-125m", 125_239_296)]
    [InlineData("opt-350m", 331_196_416)]
    [InlineData("bloom-560m", 559_214_592)]
    [InlineData("gpt-j-6b", 6_050_882_784)]
    [InlineData("pythia-160m", 162_322_944)]
    [InlineData("pythia-160m-transformers-5", 162_322_944)]
    [InlineData("gpt-neo-125m", 125_198_592)]
    [InlineData("llama-7b", 6_738_415_616)]
    [InlineData("tinyllama-1.1b", 1_100_048_384)]
    [InlineData("llama-3.2-1b", 1_235_814_400)]
    [InlineData("smollm2-135m", 134_515_008)]
    [InlineData("mistral-7b-v0.1", 7_241_732_096)]
    [InlineData("qwen2.5-0.5b", 494_032_768)]
    [InlineData("qwen3-0.6b", 596_049_920)]
    [InlineData("gemma-2b", 2_506_172_416)]
    [InlineData("gemma-2-2b", 2_614_341_888)]
    [InlineData("phi-1_5", 1_418_270_720)]
    [InlineData("falcon-7b", 6_921_720_704)]
    [InlineData("falcon-40b", 41_303_293_952)]
    [InlineData("falcon-rw-1b", 1_311_625_216)]
    [InlineData("stablelm-2-1_6b", 1_644_515_328)]
    public void Models_have_as_many_parameters_as_published(string name, long expected)
    {
        AuxiliaryDescription model = Read(name).Description;

        Assert.Equal(expected, model.ParameterCount());
        Assert.Equal(
            expected, model.Tensors().Sum(tensor => tensor.Layers(model).Count() * tensor.Shape(model).Aggregate(1L, (product, size) => product * size)));
    }

    [Fact]
    public void Every_architecture_has_a_published_configuration() => Assert.Equal(
        KnownArchitectures.All.Select(architecture => architecture.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder()).Select(path => HuggingFaceConfiguration.Read(path).Description.Architecture).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("gpt2", PositionKind.Learned, BlockShape.Sequential, "gelu_new", 64, 12, 1024)]
    [InlineData("opt-350m", PositionKind.Learned, BlockShape.Sequential, "relu", 64, 16, 2048)]
    [InlineData("bloom-560m", PositionKind.Alibi, BlockShape.Sequential, "gelu_new", 64, 16, null)]
    [InlineData("gpt-j-6b", PositionKind.Rotary, BlockShape.Parallel, "gelu_new", 256, 16, 2048)]
    [InlineData("pythia-160m", PositionKind.Rotary, BlockShape.ParallelTwoNorms, "gelu", 64, 12, 2048)]
    [InlineData("gpt-neo-125m", PositionKind.Learned, BlockShape.Sequential, "gelu_new", 64, 12, 2048)]
    [InlineData("tinyllama-1.1b", PositionKind.Rotary, BlockShape.Sequential, "silu", 64, 4, 2048)]
    [InlineData("qwen3-0.6b", PositionKind.Rotary, BlockShape.Sequential, "silu", 128, 8, 40960)]
    [InlineData("gemma-2b", PositionKind.Rotary, BlockShape.Sequential, "gelu_new", 256, 1, 8192)]
    [InlineData("gemma-2-2b", PositionKind.Rotary, BlockShape.Sequential, "gelu_new", 256, 4, 8192)]
    [InlineData("phi-1_5", PositionKind.Rotary, BlockShape.Parallel, "gelu_new", 64, 32, 2048)]
    [InlineData("falcon-7b", PositionKind.Rotary, BlockShape.Parallel, "gelu", 64, 1, null)]
    [InlineData("falcon-40b", PositionKind.Rotary, BlockShape.ParallelTwoNorms, "gelu", 64, 8, null)]
    [InlineData("stablelm-2-1_6b", PositionKind.Rotary, BlockShape.Sequential, "silu", 64, 32, 4096)]
    [InlineData("falcon-rw-1b", PositionKind.Alibi, BlockShape.Sequential, "gelu", 64, 32, null)]
    public void Models_have_their_shape(string name, PositionKind positions, BlockShape block, string activation, int headSize, int keyValueHeads, int? context)
    {
        HuggingFaceConfiguration configuration = Read(name);
        AuxiliaryDescription model = configuration.Description;

        Assert.Equal(
            (positions, block, activation, headSize, keyValueHeads), (model.Positions, model.Block, model.Activation, model.HeadSize, model.KeyValueHeadCount));
        Assert.Equal(context, configuration.Options.MaxPositionEmbeddings);
        Assert.Equal(context ?? 1, model.MaxPositionEmbeddings);
    }

    [Theory]
    [InlineData("gpt-j-6b", 10000, 64, true, null)]
    [InlineData("pythia-160m", 10000, 16, false, null)]
    [InlineData("pythia-160m-transformers-5", 10000, 16, false, null)]
    [InlineData("llama-7b", 10000, 128, false, null)]
    [InlineData("llama-3.2-1b", 500000, 64, false, "llama3")]
    [InlineData("smollm2-135m", 100000, 64, false, null)]
    [InlineData("phi-1_5", 10000, 32, false, null)]
    [InlineData("falcon-7b", 10000, 64, false, null)]
    public void Rotary_positions_are_read_from_old_and_new_fields(string name, double theta, int size, bool interleaved, string? scaling)
    {
        RotaryDescription rotary = Read(name).Description.Rotary!;

        Assert.Equal((theta, size, interleaved, scaling), (rotary.Theta, rotary.Size, rotary.Interleaved, rotary.Scaling?.Kind));
        if (scaling is not null)
            Assert.Equal(new RopeScaling("llama3", 32, 1, 4, 8192), rotary.Scaling);
    }

    [Theory]
    [InlineData("gpt-neo-125m", 256, 0b0101)]
    [InlineData("mistral-7b-v0.1", 4096, 0b1111)]
    [InlineData("gemma-2-2b", 4096, 0b1010)]
    [InlineData("qwen2.5-0.5b", 0, 0)]
    [InlineData("qwen3-0.6b", 0, 0)]
    [InlineData("llama-7b", 0, 0)]
    public void Windows_are_those_of_the_layers_that_have_them(string name, int window, int firstFour)
    {
        AuxiliaryDescription model = Read(name).Description;

        Assert.Equal(window, model.SlidingWindow);
        for (int layer = 0; layer < 4; layer++)
            Assert.Equal((firstFour >> (3 - layer) & 1) == 1 ? window : 0, model.WindowOf(layer));
    }

    private static HuggingFaceConfiguration Read(string name) => HuggingFaceConfiguration.Read(Path.Combine(Folder(), name + ".json"));

    private static string Folder() => RepositoryFiles.InRepository("tests", "TinT.Runtime.Tests", "Checkpoints", "Configurations");
}
