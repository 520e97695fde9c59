namespace ILGPU.Runtime;

/// <summary>A queue that is always empty.</summary>
/// <param name="accelerator">Its device.</param>
internal sealed class EmulatedStream(EmulatedAccelerator accelerator) : AcceleratorStream
{
    /// <inheritdoc/>
    public override void Synchronize() => accelerator.CheckBound();
}
