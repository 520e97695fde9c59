using ILGPU.Runtime;

namespace Ilgpu.Checker.Devices;

/// <summary>A queue that is always empty.</summary>
/// <param name="accelerator">Its device.</param>
internal sealed class CheckedStream(CheckedAccelerator accelerator) : AcceleratorStream(accelerator)
{
    /// <inheritdoc/>
    public override void Synchronize()
    {
    }

    /// <inheritdoc/>
    protected override ProfilingMarker AddProfilingMarkerInternal() => throw new NotSupportedException("Time on a checked device says nothing.");

    /// <inheritdoc/>
    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }
}
