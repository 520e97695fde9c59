namespace TinT.Runtime.Checkpoints;

/// <summary>A checkpoint that cannot be read or written, or that does not fit the model.</summary>
public sealed class CheckpointFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file and tensor or field, what is wrong with it and how to mend it.</param>
    public CheckpointFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file and tensor or field, what is wrong with it and how to mend it.</param>
    /// <param name="innerException">What was thrown while reading or writing, if anything was.</param>
    public CheckpointFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
