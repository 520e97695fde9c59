using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Cpu.Threads;

/// <summary>Working memory that grows to the largest size asked for and stays.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    private NativeBuffer? buffer;

    /// <summary>Memory of at least this many floats, aligned to 64 bytes; earlier contents and addresses are lost if it grows.</summary>
    /// <exception cref="BufferAllocationException">The operating system refuses that much.</exception>
    public float* Reserve(long floats)
    {
        if (buffer is null || buffer.Length < floats)
        {
            buffer?.Dispose();
            buffer = null;
            buffer = new NativeBuffer(floats);
        }

        return buffer.Vector(0, 0).Pointer;
    }

    /// <summary>Floats held.</summary>
    public long Length => buffer?.Length ?? 0;

    /// <inheritdoc/>
    public void Dispose() => buffer?.Dispose();
}
