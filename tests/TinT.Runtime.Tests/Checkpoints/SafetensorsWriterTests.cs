using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly string path;

    public SafetensorsWriterTests()
    {
        path = directory.File("a.safetensors");
    }

    public void Dispose() => directory.Dispose();

    [Fact]
    public void An_existing_file_is_replaced_even_while_it_is_open()
    {
        SafetensorsWriter.Write(path, [TensorData.FromSingles("w", [1, 2], 2)]);
        using SafetensorsFile old = SafetensorsFile.Open(path);

        SafetensorsWriter.Write(path, [TensorData.FromSingles("w", [3, 4, 5], 3)]);

        using SafetensorsFile replaced = SafetensorsFile.Open(path);
        Assert.Equal([1f, 2f], old["w"].ReadSingles());
        Assert.Equal([3f, 4f, 5f], replaced["w"].ReadSingles());
        Assert.Equal(["a.safetensors"], directory.FileNames());
    }

    [Fact]
    public void A_failure_half_way_leaves_the_old_file_and_nothing_else()
    {
        SafetensorsWriter.Write(path, [TensorData.FromSingles("w", [1, 2], 2)]);
        byte[] before = File.ReadAllBytes(path);
        TensorData failing = new("v", TensorType.U8, [2], 2, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device");
        });

        CheckpointFormatException exception = Assert.Throws<CheckpointFormatException>(
            () => SafetensorsWriter.Write(path, [TensorData.FromSingles("w", [3, 4], 2), failing]));

        Assert.Equal($"{path}: the file cannot be written (No space left on device).", exception.Message);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["a.safetensors"], directory.FileNames());
    }

    [Fact]
    public void A_missing_directory_and_a_directory_as_target_are_refused()
    {
        string inside = directory.File("absent/a.safetensors");

        Assert.Equal(
            $"{inside}: the directory does not exist; create it first.",
            Assert.Throws<CheckpointFormatException>(() => SafetensorsWriter.Write(inside, [])).Message);
        Assert.Equal(
            $"{directory.Path}: this is a directory; name a file in it.",
            Assert.Throws<CheckpointFormatException>(() => SafetensorsWriter.Write(directory.Path, [])).Message);
        Assert.Empty(directory.FileNames());
    }

    [UnprivilegedFact]
    public void A_directory_without_permission_is_refused()
    {
        DirectoryInfo closed = Directory.CreateDirectory(directory.File("closed"));
        if (!OperatingSystem.IsWindows())
            closed.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        string inside = Path.Combine(closed.FullName, "a.safetensors");

        Assert.Equal(
            $"{inside}: no permission to write; check the permissions of the directory.",
            Assert.Throws<CheckpointFormatException>(() => SafetensorsWriter.Write(inside, [])).Message);
    }

    [Fact]
    public void A_file_without_tensors_is_valid()
    {
        SafetensorsWriter.Write(path, []);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal("{}      "u8.ToArray(), File.ReadAllBytes(path)[8..]);
        Assert.Empty(file.Tensors);
        Assert.Equal($"{path}: there is no tensor 'x'; there are no tensors at all.", Assert.Throws<CheckpointFormatException>(() => file["x"]).Message);
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        TensorData tensor = TensorData.FromSingles("w", [1], 1);

        Assert.Equal(
            "Two tensors are named 'w'. (Parameter 'tensors')",
            Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [tensor, tensor])).Message);
        Assert.Empty(directory.FileNames());
    }

    [Theory]
    [InlineData("__metadata__", "'__metadata__' cannot name a tensor. (Parameter 'name')")]
    [InlineData("a\0", "'a\\u0000' cannot name a tensor. (Parameter 'name')")]
    public void A_name_that_could_not_be_read_back_is_refused(string name, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => TensorData.FromSingles(name, [1], 1)).Message);
    }

    [Fact]
    public void A_name_that_is_not_valid_Unicode_is_refused()
    {
        // Not among the cases above: a test runner would mend the text on its way there.
        Assert.Equal(
            "'a\\ud800' cannot name a tensor. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => TensorData.FromSingles("a\ud800", [1], 1)).Message);
    }

    [Theory]
    [InlineData(2, 2, "Tensor 'w' has 3 elements, which do not fill its shape [2, 2]. (Parameter 'shape')")]
    [InlineData(int.MaxValue, int.MaxValue, "Tensor 'w' has 3 elements, which do not fill its shape [2147483647, 2147483647]. (Parameter 'shape')")]
    public void Elements_that_do_not_fill_the_shape_are_refused(int rows, int columns, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => TensorData.FromSingles("w", [1, 2, 3], rows, columns)).Message);
    }
}
