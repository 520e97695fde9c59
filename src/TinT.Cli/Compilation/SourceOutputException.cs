namespace TinT.Cli.Compilation;

/// <summary>Generated sources that cannot be written.</summary>
public sealed class SourceOutputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which directory, what is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown while writing.</param>
    public SourceOutputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
