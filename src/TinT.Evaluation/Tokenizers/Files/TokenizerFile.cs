using TinT.Runtime.Checkpoints;

namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>Reads tokenizer files whole, with typed errors.</summary>
internal static class TokenizerFile
{
    // GPT-2's vocabulary takes 1 MB; the largest published tokenizers, of a quarter of a million tokens, about 35 MB.
    private const int MaxBytes = 256 << 20;

    /// <summary>The bytes of a file, without a UTF-8 byte order mark.</summary>
    /// <exception cref="TokenizerFormatException">The file is missing, unreadable, far too large or not downloaded.</exception>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > MaxBytes)
                throw new TokenizerFormatException(path, null, $"is {length} bytes, more than the {MaxBytes} that a tokenizer file may have.");
            ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
            if (LargeFilePointer.IsAtStart(bytes.Span))
                throw new TokenizerFormatException(path, null, LargeFilePointer.Problem);
            return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TokenizerFormatException(path, null, "is missing; download it again with the rest of its directory.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerFormatException(path, null, $"cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Line, from 1, of a byte.</summary>
    public static int LineOf(ReadOnlySpan<byte> bytes, long index) => 1 + bytes[..(int)index].Count((byte)'\n');
}
