using System.Buffers.Binary;
using System.Text;

namespace TinT.Cli.Tests.Commands;

public sealed class RunMalformedFileTests : RunTests
{
    [Fact]
    public void A_missing_file_is_told()
    {
        Run().AssertFailed(1, $"error: {Input}: the file does not exist; check the path.");
    }

    [Fact]
    public void A_truncated_file_is_told()
    {
        Write(Ids([1, 3]), Mask([1, 3]));
        byte[] bytes = File.ReadAllBytes(Input);
        File.WriteAllBytes(Input, bytes[..^1]);

        CommandResult result = Run();

        Assert.Matches("^error: .*: tensor '.*' ends at byte 24 of the data but the file has only 23; the file is truncated: download or convert it again.\n$", result.Error);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InlineData(
        """{"input_ids":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},"training_mask":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
        "tensor 'training_mask' begins at byte 4 and overlaps tensor 'input_ids', which ends at byte 8; the header is damaged: download or convert the file again.")]
    [InlineData(
        """{"input_ids":{"dtype":"I32","shape":[2],"data_offsets":[0,4000000000]}}""", 8,
        "tensor 'input_ids' ends at byte 4000000000 of the data but the file has only 8; the file is truncated: download or convert it again.")]
    [InlineData(
        """{"input_ids":{"dtype":"I32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8,
        "tensor 'input_ids' has shape [4294967296, 4294967296], more elements than a file can hold; the header is damaged: download or convert the file again.")]
    public void A_lying_header_is_told(string header, int dataLength, string problem)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(Input, [.. length, .. json, .. new byte[dataLength]]);

        Run().AssertFailed(1, $"error: {Input}: {problem}");
    }

    [Fact]
    public void A_header_that_claims_to_be_huge_is_told()
    {
        File.WriteAllBytes(Input, [255, 255, 255, 255, 255, 255, 255, 127, (byte)'{', (byte)'}']);

        Run().AssertFailed(
            1, $"error: {Input}: the header claims 9223372036854775807 bytes but the format allows 100000000; the file is damaged or no safetensors file: download or convert it again.");
    }
}
