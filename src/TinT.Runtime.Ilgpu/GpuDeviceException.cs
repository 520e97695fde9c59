using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary>A GPU that is not there, or that cannot run what it is asked to.</summary>
public sealed class GpuDeviceException : DeviceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and how to mend it.</param>
    /// <param name="inner">What the driver said, if it did.</param>
    public GpuDeviceException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
