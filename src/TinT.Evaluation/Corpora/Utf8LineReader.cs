using System.Buffers;
using TinT.Runtime.Checkpoints;

namespace TinT.Evaluation.Corpora;

/// <summary>Reads a UTF-8 file line by line, holding one line at a time.</summary>
/// <remarks>
/// As Python's text mode does, <c>\n</c>, <c>\r\n</c> and <c>\r</c> end a line and are given as <c>\n</c>, so that a text has the
/// same tokens on every system. A byte order mark at the start is skipped.
/// </remarks>
internal sealed class Utf8LineReader : IDisposable
{
    // No text has lines of this length; a file that does is not text, and would be held in memory whole.
    private const int MaxLineBytes = 64 << 20;

    private readonly string path;
    private readonly FileStream stream;
    private readonly byte[] buffer = new byte[1 << 16];
    private readonly ArrayBufferWriter<byte> line = new();
    private int start;
    private int end;
    private long bufferOffset;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CorpusException">The file is missing, unreadable, empty or not downloaded.</exception>
    public Utf8LineReader(string path)
    {
        this.path = path;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CorpusException(path, null, "there is no such file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException(path, null, $"cannot be read: {exception.Message}", exception);
        }

        bool isEmpty = !Fill();
        if (!isEmpty && !LargeFilePointer.IsAtStart(buffer.AsSpan(0, end)))
            return;
        stream.Dispose();
        throw isEmpty ? new CorpusException(path, 0, "the file is empty; give a text.") : new CorpusException(path, null, LargeFilePointer.Problem);
    }

    /// <summary>Reads the next line.</summary>
    /// <param name="text">The line as valid UTF-8 with its <c>\n</c>, which only the last line may lack; valid until the next call.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CorpusException">The line is not UTF-8 or far too long, or the file cannot be read on.</exception>
    public bool TryReadLine(out ReadOnlySpan<byte> text)
    {
        line.ResetWrittenCount();
        long lineOffset = bufferOffset + start;
        while (start < end || Fill())
        {
            ReadOnlySpan<byte> available = buffer.AsSpan(start, end - start);
            int length = available.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> part = length < 0 ? available : available[..length];
            if (line.WrittenCount + part.Length > MaxLineBytes)
                throw new CorpusException(path, lineOffset, $"the line that starts here is longer than {MaxLineBytes >> 20} MiB; break the text into lines.");
            line.Write(part);
            start += part.Length;
            if (length < 0)
                continue;

            bool carriageReturn = buffer[start++] == '\r';
            if (carriageReturn && (start < end || Fill()) && buffer[start] == '\n')
                start++;
            line.Write("\n"u8);
            text = ValidUtf8.Check(path, line.WrittenSpan, lineOffset);
            return true;
        }

        text = ValidUtf8.Check(path, line.WrittenSpan, lineOffset);
        return line.WrittenCount > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private bool Fill()
    {
        bufferOffset += end;
        start = 0;
        end = 0;
        try
        {
            end = stream.Read(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException(path, bufferOffset, $"cannot be read: {exception.Message}", exception);
        }

        return end > 0;
    }
}
