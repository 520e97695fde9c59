using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>A file that becomes shorter after it was opened.</summary>
public sealed class ShortenedFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly string path;

    public ShortenedFileTests()
    {
        path = directory.File("a.safetensors");
        SafetensorsWriter.Write(path, [TensorData.FromSingles("w", new float[1 << 20], 1 << 20)]);
    }

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public void Reading_what_is_gone_is_an_exception_that_names_the_file(long length)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(length);

        CheckpointFormatException exception = Assert.Throws<CheckpointFormatException>(() => file["w"].ReadSingles());

        Assert.Equal($"{path}: the file became shorter while it was read; wait until it is written and try again.", exception.Message);
    }
}
