using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>Checkpoints and tensors written by the safetensors library itself.</summary>
public sealed class GoldenCheckpointTests
{
    [Theory]
    [MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Golden_checkpoints_in_the_repository_open(string name) => CheckCase(GoldenCases.Open(name));

    [SharedFolderTheory("golden")]
    [MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void Golden_checkpoints_beside_the_repository_open(string name) => CheckCase(GoldenCases.Open(name));

    [Fact]
    public void A_golden_file_written_again_differs_only_in_the_order_of_its_tensors()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        string original = Path.Combine(golden.Folder, "model.safetensors");
        using TemporaryDirectory directory = new();
        string copy = directory.File("copy.safetensors");

        using SafetensorsFile file = SafetensorsFile.Open(original);
        SafetensorsWriter.Write(
            copy,
            [.. file.Tensors.Select(tensor => TensorData.FromSingles(tensor.Name, tensor.ReadSingles(), [.. tensor.Shape.Select(size => (int)size)]))],
            file.Metadata);

        // All tensors have one type and are written in the order read, so even the bytes agree.
        Assert.Equal(File.ReadAllBytes(original), File.ReadAllBytes(copy));
    }

    [Fact]
    public void A_spec_of_another_size_is_refused()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        AuxiliaryDescription other = golden.Description.Auxiliary with { LayerCount = 12, HeadCount = 8 };

        Assert.Equal(
            $"{Path.Combine(golden.Folder, "config.json")}: the checkpoint does not fit the spec: num_hidden_layers is 3 but auxiliary.num_hidden_layers is 12; "
            + "num_attention_heads is 4 but auxiliary.num_attention_heads is 8. Change these keys of the spec or load another checkpoint.",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(golden.Folder, other)).Message);
    }

    private static void CheckCase(GoldenCase golden)
    {
        AuxiliaryDescription auxiliary = golden.Description.Auxiliary;
        bool isGpt2 = auxiliary.Architecture == "gpt2";
        using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(golden.Folder, auxiliary);

        CheckpointTensor embedding = isGpt2
            ? checkpoint.Find("transformer.wte.weight", auxiliary.VocabularySize, auxiliary.HiddenSize)
            : checkpoint.Find("model.decoder.embed_tokens.weight", auxiliary.VocabularySize, auxiliary.HiddenSize);
        CheckpointTensor inner = isGpt2
            ? checkpoint.Find("transformer.h.0.mlp.c_fc.weight", auxiliary.HiddenSize, auxiliary.IntermediateSize)
            : checkpoint.Find("model.decoder.layers.0.fc1.weight", auxiliary.IntermediateSize, auxiliary.HiddenSize);
        CheckpointTensor gain = isGpt2
            ? checkpoint.Find("transformer.ln_f.weight", auxiliary.HiddenSize)
            : checkpoint.Find("model.decoder.final_layer_norm.weight", auxiliary.HiddenSize);

        float[] elements = new float[embedding.ElementCount];
        embedding.CopyFiniteTo(elements);

        // Random models: weights are drawn around zero, gains around one; a wrong offset or type would show.
        Assert.InRange(elements.Max(Math.Abs), 1e-3f, 10f);
        Assert.InRange(inner.ReadSingles().Max(Math.Abs), 1e-3f, 10f);
        Assert.InRange(gain.ReadDoubles().Average(), 0.5, 1.5);
        Assert.All(golden.ReadBatch().InputIds, id => Assert.InRange(id, 0, auxiliary.VocabularySize - 1));
    }
}
