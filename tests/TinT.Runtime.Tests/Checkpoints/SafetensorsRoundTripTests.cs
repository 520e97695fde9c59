using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class SafetensorsRoundTripTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Arrays_come_back_with_names_shapes_types_and_metadata()
    {
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                TensorData.FromInt32s("ids", [1, -2, int.MaxValue], 3),
                TensorData.FromSingles("weight", [1.5f, -2.25f, 3f, 4f, 5f, float.Epsilon], 2, 3),
                TensorData.FromDoubles("scalar", [Math.PI]),
                TensorData.FromInt64s("empty", [], 4, 0),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(["ids", "weight", "scalar", "empty"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal([1, -2, int.MaxValue], file["ids"].ReadInt32s());
        Assert.Equal([2L, 3L], file["weight"].Shape);
        Assert.Equal([1.5f, -2.25f, 3f, 4f, 5f, float.Epsilon], file["weight"].ReadSingles());
        Assert.Equal([Math.PI], file["scalar"].ReadDoubles());
        Assert.Equal(TensorType.I64, file["empty"].Type);
        Assert.Equal(0, file["empty"].ElementCount);
    }
}
