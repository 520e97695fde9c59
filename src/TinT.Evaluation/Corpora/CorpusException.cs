namespace TinT.Evaluation.Corpora;

/// <summary>A text that cannot be read or that is too short.</summary>
public sealed class CorpusException : Exception
{
    /// <summary>Creates the exception for a whole text.</summary>
    /// <param name="message">What is wrong and how to mend it.</param>
    public CorpusException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception for one file; its message starts with the file.</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="byteOffset">Offset in bytes from the start of the file, or <see langword="null"/> if no single byte is at fault.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown while reading, if anything.</param>
    public CorpusException(string file, long? byteOffset, string problem, Exception? innerException = null)
        : base(byteOffset is null ? $"{file}: {problem}" : $"{file}: byte {byteOffset}: {problem}", innerException)
    {
        File = file;
        ByteOffset = byteOffset;
    }

    /// <summary>The file as the caller named it, or <see langword="null"/> if no single file is at fault.</summary>
    public string? File { get; }

    /// <summary>Offset in bytes from the start of the file, or <see langword="null"/> if no single byte is at fault.</summary>
    public long? ByteOffset { get; }
}
