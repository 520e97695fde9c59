using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class SafetensorsTensorTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly string path;

    public SafetensorsTensorTests()
    {
        path = directory.File("a.safetensors");
    }

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void The_first_weight_that_is_not_finite_is_named(float bad, string text)
    {
        float[] elements = new float[10_000];
        elements[9_876] = bad;
        elements[9_877] = float.NaN;
        SafetensorsWriter.Write(path, [TensorData.FromSingles("h.0.w", elements, 100, 100)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[] singles = new float[elements.Length];
        double[] doubles = new double[elements.Length - 9_000];

        string expected =
            $"{path}: tensor 'h.0.w' holds {text} at element 9876 of 10000, which is not finite in 32 bits; use a checkpoint whose training did not diverge.";
        Assert.Equal(expected, Assert.Throws<CheckpointFormatException>(() => file["h.0.w"].CopyFiniteTo(singles)).Message);
        Assert.Equal(
            expected.Replace("32", "64", StringComparison.Ordinal),
            Assert.Throws<CheckpointFormatException>(() => file["h.0.w"].CopyFiniteTo(9_000, doubles)).Message);
        file["h.0.w"].CopyTo(singles);
        Assert.Equal(elements, singles);
    }

    [Fact]
    public void A_double_that_overflows_single_precision_is_shown_as_it_is_stored()
    {
        SafetensorsWriter.Write(path, [TensorData.FromDoubles("w", [1, -1e300], 2)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        double[] doubles = new double[2];
        file["w"].CopyFiniteTo(doubles);

        Assert.Equal([1, -1e300], doubles);
        Assert.Equal(
            $"{path}: tensor 'w' holds -1E+300 at element 1 of 2, which is not finite in 32 bits; use a checkpoint whose training did not diverge.",
            Assert.Throws<CheckpointFormatException>(() => file["w"].CopyFiniteTo(new float[2])).Message);
    }

    [Fact]
    public void A_boolean_that_is_neither_0_nor_1_is_named()
    {
        SafetensorsWriter.Write(path, [TensorData.FromBytes("mask", TensorType.Bool, [1, 0, 2], 3)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(
            $"{path}: tensor 'mask' holds 2 at element 2, which is no boolean; save it as U8 or as 0 and 1.",
            Assert.Throws<CheckpointFormatException>(() => file["mask"].ReadSingles()).Message);
    }

    [Fact]
    public void Reading_outside_the_tensor_or_into_the_wrong_length_is_refused()
    {
        SafetensorsWriter.Write(path, [TensorData.FromSingles("w", [1, 2, 3], 3)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(
            "Tensor 'w' has 3 elements but the destination has room for 4. (Parameter 'destination')",
            Assert.Throws<ArgumentException>(() => file["w"].CopyTo(new float[4])).Message);
        Assert.Equal("firstElement", Assert.Throws<ArgumentOutOfRangeException>(() => file["w"].CopyTo(1, new float[3])).ParamName);
        Assert.Equal("firstElement", Assert.Throws<ArgumentOutOfRangeException>(() => file["w"].CopyTo(-1, new float[1])).ParamName);
        Assert.Equal("firstElement", Assert.Throws<ArgumentOutOfRangeException>(() => file["w"].CopyTo(long.MaxValue, new double[1])).ParamName);
        Assert.Equal("firstElement", Assert.Throws<ArgumentOutOfRangeException>(() => file["w"].CopyTo(0, new double[4])).ParamName);
    }

    [Fact]
    public void A_tensor_of_a_closed_file_cannot_be_read()
    {
        SafetensorsWriter.Write(path, [TensorData.FromSingles("w", [1, 2, 3], 3)]);
        SafetensorsFile file = SafetensorsFile.Open(path);
        SafetensorsTensor tensor = file["w"];
        file.Dispose();
        file.Dispose();

        Assert.Equal(3, tensor.ElementCount);
        Assert.Throws<ObjectDisposedException>(() => tensor.ReadSingles());
        Assert.Throws<ObjectDisposedException>(() => tensor.CopyTo(0, new double[1]));
    }

    [Fact]
    public void A_missing_tensor_is_named_with_those_of_similar_names()
    {
        SafetensorsWriter.Write(path, [TensorData.FromSingles("h.0.ln_1.weight", [1], 1), TensorData.FromSingles("h.0.ln_2.weight", [1], 1), TensorData.FromSingles("wte.weight", [1], 1)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.False(file.TryGetTensor("h.0.ln_3.weight", out _));
        Assert.Equal(
            $"{path}: there is no tensor 'h.0.ln_3.weight'; did you mean 'h.0.ln_1.weight' or 'h.0.ln_2.weight'?",
            Assert.Throws<CheckpointFormatException>(() => file["h.0.ln_3.weight"]).Message);
        Assert.Equal(
            $"{path}: there is no tensor 'transformer.wte.weight'; did you mean 'wte.weight'?",
            Assert.Throws<CheckpointFormatException>(() => file["transformer.wte.weight"]).Message);
        Assert.Equal(
            $"{path}: there is no tensor 'x'; there are 'h.0.ln_1.weight', 'h.0.ln_2.weight', 'wte.weight'.",
            Assert.Throws<CheckpointFormatException>(() => file["x"]).Message);
    }
}
