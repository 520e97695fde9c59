using TinT.Runtime.Checkpoints;

namespace TinT.Evaluation.Corpora;

/// <summary>Reads a text whole, with its line ends as they are.</summary>
public static class TextFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text as valid UTF-8, without a byte order mark.</returns>
    /// <exception cref="CorpusException">The file is missing, unreadable, not downloaded or not UTF-8.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return Check(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CorpusException(path, null, "there is no such file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException(path, null, $"cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The text as valid UTF-8, without a byte order mark.</returns>
    /// <exception cref="CorpusException">It cannot be read or is not UTF-8.</exception>
    public static byte[] Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using MemoryStream text = new();
            stream.CopyTo(text);
            return Check(name, text.ToArray());
        }
        catch (IOException exception)
        {
            throw new CorpusException(name, null, $"cannot be read: {exception.Message}", exception);
        }
    }

    private static byte[] Check(string name, byte[] bytes)
    {
        if (LargeFilePointer.IsAtStart(bytes))
            throw new CorpusException(name, null, LargeFilePointer.Problem);
        ReadOnlySpan<byte> text = ValidUtf8.Check(name, bytes, 0);
        return text.Length == bytes.Length ? bytes : text.ToArray();
    }
}
