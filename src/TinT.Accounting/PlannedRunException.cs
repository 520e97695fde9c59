namespace TinT.Accounting;

/// <summary>A run that a model cannot make.</summary>
public sealed class PlannedRunException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and how to mend it.</param>
    public PlannedRunException(string message)
        : base(message)
    {
    }
}
