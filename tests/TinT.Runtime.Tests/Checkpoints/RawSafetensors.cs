using System.Buffers.Binary;
using System.Text;
using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>Builds safetensors files by hand, so that they can be wrong in every way.</summary>
internal static class RawSafetensors
{
    /// <summary>Bytes of a file with a given header and so many zero bytes of data.</summary>
    public static byte[] Bytes(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[sizeof(long) + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, sizeof(long));
        return file;
    }

    /// <summary>Message of the error that opening a file with these bytes gives, without the path in front.</summary>
    public static string ErrorOf(byte[] bytes)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("bad.safetensors");
        File.WriteAllBytes(path, bytes);
        return ErrorOf(path);
    }

    /// <summary>Message of the error that opening a path gives, without the path in front.</summary>
    public static string ErrorOf(string path)
    {
        CheckpointFormatException exception = Assert.Throws<CheckpointFormatException>(() => SafetensorsFile.Open(path).Dispose());
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        return exception.Message[(path.Length + 2)..];
    }
}
