using System.Buffers;
using System.Text;
using System.Text.Unicode;
using TinT.Runtime.Checkpoints;

namespace TinT.Evaluation.InContext.Data;

/// <summary>Bytes of a file as text.</summary>
internal static class Utf8Text
{
    /// <summary>Decodes UTF-8, without a byte order mark.</summary>
    /// <exception cref="DataSetException">The bytes are not UTF-8, or stand for a file that was not downloaded.</exception>
    public static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (LargeFilePointer.IsAtStart(bytes))
            throw new DataSetException(path, null, LargeFilePointer.Problem);
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        char[] characters = new char[bytes.Length];
        OperationStatus status = Utf8.ToUtf16(bytes, characters, out int read, out int written, replaceInvalidSequences: false);
        return status == OperationStatus.Done
            ? new string(characters, 0, written)
            : throw new DataSetException(
                path, bytes[..read].Count((byte)'\n') + 1, $"0x{bytes[read]:X2} does not start a valid UTF-8 character here; save the file as UTF-8.");
    }
}
