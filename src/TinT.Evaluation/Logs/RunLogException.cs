namespace TinT.Evaluation.Logs;

/// <summary>A log that cannot be read or written, or that belongs to another evaluation.</summary>
public sealed class RunLogException : Exception
{
    /// <summary>Creates the exception; its message starts with the file.</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown, if anything.</param>
    public RunLogException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException)
    {
    }
}
