using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TinT.Evaluation.Corpora;

/// <summary>Texts that must be UTF-8.</summary>
internal static class ValidUtf8
{
    /// <summary>A text without the byte order mark that it may start with.</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="bytes">Bytes of the file.</param>
    /// <param name="offset">Where they lie in it.</param>
    /// <exception cref="CorpusException">They are not UTF-8.</exception>
    public static ReadOnlySpan<byte> Check(string file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (offset == 0 && bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
            offset = 3;
        }

        if (Utf8.IsValid(bytes))
            return bytes;
        int valid = 0;
        while (Rune.DecodeFromUtf8(bytes[valid..], out _, out int length) == OperationStatus.Done)
            valid += length;
        throw new CorpusException(file, offset + valid, $"0x{bytes[valid]:X2} does not start a valid UTF-8 character here; save the file as UTF-8.");
    }
}
