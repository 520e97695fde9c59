namespace TinT.Literal.Export;

/// <summary>A simulator that cannot be written to a directory.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which directory, what is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown while writing, if anything was.</param>
    public ExportException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
