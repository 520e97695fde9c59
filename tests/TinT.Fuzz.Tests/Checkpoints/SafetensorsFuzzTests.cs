using System.Text;
using TinT.Fuzz.Tests.Fuzzing;
using TinT.Runtime.Checkpoints;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>Our reader accepts a file if and only if the official one does, but for what its documentation excepts.</summary>
public sealed class SafetensorsFuzzTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_accepted_if_and_only_if_the_official_rules_accept_it() =>
        FuzzRun.ForBothKinds(40_000, 1, SafetensorsDraft.Build, Check, Show);

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] valid = SafetensorsSample.Bytes;
        Assert.True(Check(valid));
        for (int length = 0; length < valid.Length; length++)
            Assert.False(Check(valid[..length]));
    }

    [Fact]
    public void Damage_to_a_written_file_is_noticed_as_the_official_rules_notice_it() =>
        FuzzRun.ForAll(15_000, 1, choices => Damage.Apply(SafetensorsSample.Bytes, choices), bytes => Check(bytes), Show);

    private void Check(byte[] bytes, OfficialHeader? official)
    {
        string path = folder.Write("fuzz.safetensors", bytes);
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            Assert.True(official is { IsRefusedByUs: false }, "The official reader refuses this file.");
            Assert.Equal(official.Metadata, file.Metadata);
            Assert.Equal(official.Tensors.Keys.Order(StringComparer.Ordinal), file.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
            foreach (SafetensorsTensor tensor in file.Tensors)
                CheckTensor(bytes, official.Tensors[tensor.Name], tensor);
        }
        catch (CheckpointFormatException exception)
        {
            Assert.True(official is null or { IsRefusedByUs: true }, $"The official reader accepts this file, ours says: {exception.Message}");
            Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(exception.Message, char.IsControl);
        }
    }

    private bool Check(byte[] bytes)
    {
        OfficialHeader? official = null;
        try
        {
            official = OfficialSafetensors.Read(bytes);
        }
        catch (FormatException)
        {
            // The official reader refuses the file.
        }

        Check(bytes, official);
        return official is not null;
    }

    private static void CheckTensor(byte[] bytes, OfficialTensor expected, SafetensorsTensor tensor)
    {
        Assert.Equal(expected.Shape, tensor.Shape.Select(size => (ulong)size));
        Assert.Equal(expected.Type.Replace("_", "", StringComparison.Ordinal), tensor.Type.ToString(), ignoreCase: true);
        Assert.Equal(expected.Shape.Aggregate(1ul, (count, size) => count * size), (ulong)tensor.ElementCount);
        if (!tensor.Type.IsReadable())
        {
            Assert.Throws<CheckpointFormatException>(() => tensor.ReadDoubles());
            return;
        }

        try
        {
            double[] elements = tensor.ReadDoubles();
            int data = 8 + (int)BitConverter.ToInt64(bytes, 0);
            if (tensor.Type == TensorType.U8)
                Assert.Equal(bytes[(data + (int)expected.Begin)..(data + (int)expected.End)].Select(value => (double)value), elements);
        }
        catch (CheckpointFormatException exception) when (tensor.Type == TensorType.Bool)
        {
            Assert.Contains("is no boolean", exception.Message, StringComparison.Ordinal);
        }
    }

    private static string Show(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
