using ILGPU.Runtime;

namespace Ilgpu.Checker.Devices;

/// <summary>A checked device refuses what its driver would refuse.</summary>
/// <param name="type">Kind of the device.</param>
/// <param name="message">What it refuses.</param>
public sealed class CheckedDeviceException(AcceleratorType type, string message) : AcceleratorException(message)
{
    /// <inheritdoc/>
    public override AcceleratorType AcceleratorType => type;
}
