namespace TinT.Evaluation.InContext.Data;

/// <summary>A data set that cannot be read, or that has too few rows.</summary>
public sealed class DataSetException : Exception
{
    /// <summary>Creates the exception; its message starts with the file.</summary>
    /// <param name="file">The file or folder as the caller named it.</param>
    /// <param name="line">Line from 1, or <see langword="null"/> if no single line is at fault.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown while reading, if anything.</param>
    public DataSetException(string file, long? line, string problem, Exception? innerException = null)
        : base(line is null ? $"{file}: {problem}" : $"{file}: line {line}: {problem}", innerException)
    {
    }
}
