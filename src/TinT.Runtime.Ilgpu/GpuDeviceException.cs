namespace TinT.Runtime.Ilgpu;

/// <summary>A device that is not there, or that cannot run what it is asked to.</summary>
public sealed class GpuDeviceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and how to mend it.</param>
    public GpuDeviceException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and how to mend it.</param>
    /// <param name="inner">What the driver said.</param>
    public GpuDeviceException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
