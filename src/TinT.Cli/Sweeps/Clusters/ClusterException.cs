namespace TinT.Cli.Sweeps.Clusters;

/// <summary>A cluster's program that cannot be run, or refuses.</summary>
public sealed class ClusterException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was refused and how to mend it.</param>
    /// <param name="innerException">What was thrown, if anything was.</param>
    public ClusterException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
