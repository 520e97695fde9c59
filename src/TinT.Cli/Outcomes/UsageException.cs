namespace TinT.Cli.Outcomes;

/// <summary>A command line that is well formed but cannot be followed.</summary>
public sealed class UsageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which argument, what is wrong with it and how to mend it.</param>
    /// <param name="innerException">What was thrown, if anything was.</param>
    public UsageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
