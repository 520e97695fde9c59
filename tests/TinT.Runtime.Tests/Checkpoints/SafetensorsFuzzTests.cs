using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class SafetensorsFuzzTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_damaged_file_either_opens_or_is_refused_with_one_line(int seed)
    {
        byte[] valid = ValidFile();
        Random random = new(seed);
        int refused = 0;
        const int Trials = 1000;
        for (int trial = 0; trial < Trials; trial++)
            refused += ReadsOrIsRefused(ByteDamage.Apply(valid, random)) ? 0 : 1;

        // Most damage hits the header's syntax; damage to names, white space and elements is not noticed.
        Assert.InRange(refused, Trials / 2, Trials - 1);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] valid = ValidFile();
        int refused = Enumerable.Range(0, valid.Length).Count(length => !ReadsOrIsRefused(valid[..length]));

        Assert.Equal(valid.Length, refused);
        Assert.True(ReadsOrIsRefused(valid));
    }

    private byte[] ValidFile()
    {
        string path = directory.File("valid.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                TensorData.FromSingles("wte.weight", [1f, 2f, 3f, 4f, 5f, 6f], 2, 3),
                TensorData.FromInt64s("ids", [1, 2], 1, 2),
                TensorData.FromBytes("mask", TensorType.Bool, [0, 1, 1], 3),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });
        return File.ReadAllBytes(path);
    }

    private bool ReadsOrIsRefused(byte[] bytes)
    {
        string path = directory.File("damaged.safetensors");
        File.WriteAllBytes(path, bytes);
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            foreach (SafetensorsTensor tensor in file.Tensors)
                Assert.Equal(tensor.ElementCount, tensor.ReadDoubles().Length);
            return true;
        }
        catch (CheckpointFormatException exception)
        {
            Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
            return false;
        }
    }
}
