namespace TinT.Reports.Files;

/// <summary>A report that cannot be written.</summary>
public sealed class ReportException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown while writing.</param>
    public ReportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
