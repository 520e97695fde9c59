namespace TinT.Runtime.Simulation;

/// <summary>A device that is not there, or that cannot run what it is asked to.</summary>
public class DeviceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and how to mend it.</param>
    /// <param name="inner">What the driver said, if it did.</param>
    public DeviceException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
