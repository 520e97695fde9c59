using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class RunCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string checkpoint;

    public RunCheckpointTests()
    {
        checkpoint = folder.File("model");
        Directory.CreateDirectory(checkpoint);
        ByteModel.CopyTo(checkpoint);
    }

    private string Weights => Path.Combine(checkpoint, "model.safetensors");

    private string Configuration => Path.Combine(checkpoint, "config.json");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_directory_is_told(bool doublePrecision)
    {
        Directory.Delete(checkpoint, recursive: true);

        AssertFailed(doublePrecision, $"error: {checkpoint}: ");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_configuration_that_differs_from_the_spec_names_the_field(bool doublePrecision)
    {
        File.WriteAllText(Configuration, File.ReadAllText(Configuration).Replace("\"n_head\": 4", "\"n_head\": 8", StringComparison.Ordinal));

        AssertFailed(doublePrecision, $"error: {Configuration}: ", "n_head");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Truncated_weights_are_told(bool doublePrecision)
    {
        using (FileStream stream = File.OpenWrite(Weights))
            stream.SetLength(stream.Length / 2);

        AssertFailed(doublePrecision, $"error: {Weights}: ", "the file is truncated: download or convert it again.");
    }

    [Theory]
    [InlineData(false, float.NaN)]
    [InlineData(true, float.NaN)]
    [InlineData(false, float.NegativeInfinity)]
    public void Weights_that_are_not_finite_name_tensor_and_element(bool doublePrecision, float value)
    {
        Change("transformer.h.2.mlp.c_fc.weight", tensor =>
        {
            float[] elements = tensor.ReadSingles();
            elements[1234] = value;
            return TensorData.FromSingles(tensor.Name, elements, Shape(tensor));
        });

        AssertFailed(doublePrecision, $"error: {Weights}: ", "'transformer.h.2.mlp.c_fc.weight'", "1234");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tensor_of_another_shape_is_named(bool doublePrecision)
    {
        Change("transformer.h.1.attn.c_proj.weight", tensor => TensorData.FromSingles(tensor.Name, new float[128 * 64], 128, 64));

        AssertFailed(doublePrecision, $"error: {Weights}: ", "'transformer.h.1.attn.c_proj.weight'", "[128, 64]", "[128, 128]");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tensor_of_integers_is_named(bool doublePrecision)
    {
        Change("transformer.ln_f.bias", tensor => TensorData.FromInt32s(tensor.Name, new int[128], 128));

        AssertFailed(doublePrecision, $"error: {Weights}: ", "'transformer.ln_f.bias'", "I32");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_tensor_is_named(bool doublePrecision)
    {
        Change("transformer.ln_f.bias", tensor => TensorData.FromSingles("transformer.ln_f.bais", tensor.ReadSingles(), Shape(tensor)));

        AssertFailed(doublePrecision, $"error: {Weights}: ", "there is no tensor 'transformer.ln_f.bias'; did you mean 'transformer.ln_f.bais'");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Rewrites the weights with one tensor replaced.</summary>
    private void Change(string name, Func<SafetensorsTensor, TensorData> change)
    {
        List<TensorData> tensors = [];
        using (SafetensorsFile file = SafetensorsFile.Open(Weights))
        {
            foreach (SafetensorsTensor tensor in file.Tensors)
                tensors.Add(tensor.Name == name ? change(tensor) : TensorData.FromSingles(tensor.Name, tensor.ReadSingles(), Shape(tensor)));
        }

        SafetensorsWriter.Write(Weights, tensors);
    }

    private static int[] Shape(SafetensorsTensor tensor) => [.. tensor.Shape.Select(size => (int)size)];

    private void AssertFailed(bool doublePrecision, string start, params string[] parts)
    {
        string input = folder.File("input.safetensors");
        string output = folder.File("output.safetensors");
        SafetensorsWriter.Write(input, [TensorData.FromInt32s("input_ids", [72, 105, 33], 3), TensorData.FromSingles("training_mask", [1, 1, 0], 3)]);
        string[] options = doublePrecision ? ["--double"] : [];

        CommandResult result = Tint.Run(
            ["run", ByteModel.Spec, "--checkpoint", checkpoint, "--input", input, "--output", output, .. options]);

        Assert.StartsWith(start, result.Error, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
        Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal("", result.Output);
        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(output));
    }
}
