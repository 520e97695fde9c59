namespace TinT.Evaluation.InContext.Tasks;

/// <summary>A file that describes no task.</summary>
public sealed class TaskFileException : Exception
{
    /// <summary>Creates the exception; its message starts with the file.</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown while reading, if anything.</param>
    public TaskFileException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException)
    {
    }
}
