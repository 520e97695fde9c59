using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Devices;

/// <summary>Memory of a device, a group or a thread, with the history of its elements.</summary>
internal sealed class CheckedBuffer : MemoryBuffer
{
    /// <summary>Allocates memory.</summary>
    /// <param name="accelerator">Its device.</param>
    /// <param name="block">What it is made of.</param>
    public CheckedBuffer(CheckedAccelerator accelerator, MemoryBlock block)
        : base(accelerator, block.Length, block.ElementSize)
    {
        Block = block;
        NativePtr = block.Address;
    }

    /// <summary>The memory.</summary>
    public MemoryBlock Block { get; }

    /// <inheritdoc/>
    protected override void MemSet(AcceleratorStream stream, byte value, in ArrayView<byte> targetView) =>
        Block.WrittenByHost(ViewMemory.OffsetOf(targetView), targetView.Length).Fill(value);

    /// <inheritdoc/>
    protected override void CopyTo(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) =>
        Block.ReadByHost(ViewMemory.OffsetOf(sourceView), targetView.Length).CopyTo(Elsewhere(targetView, targetView.Length));

    /// <inheritdoc/>
    protected override void CopyFrom(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) =>
        Elsewhere(sourceView, targetView.Length).CopyTo(Block.WrittenByHost(ViewMemory.OffsetOf(targetView), targetView.Length));

    /// <inheritdoc/>
    protected override void DisposeAcceleratorObject(bool disposing)
    {
        if (disposing)
            Block.Free();
    }

    /// <summary>Memory of the host, or of another buffer, whose history is not copied.</summary>
    private static unsafe Span<byte> Elsewhere(in ArrayView<byte> view, long length)
    {
        MemoryBuffer buffer = ViewMemory.BufferOf(view);
        if (buffer is CheckedBuffer)
            throw new NotSupportedException("Copies from one buffer of a checked device to another are not checked.");
        return new Span<byte>((byte*)buffer.NativePtr + ViewMemory.OffsetOf(view), checked((int)length));
    }
}
