using System.Runtime.InteropServices;

namespace ILGPU.Execution;

/// <summary>An allocation of device, shared or local memory with the history of each of its elements.</summary>
internal sealed unsafe class MemoryBlock
{
    private readonly ElementHistory[] history;
    private readonly int elementSize;

    public MemoryBlock(string name, MemorySpace space, long length, int elementSize)
    {
        Name = name;
        Space = space;
        Length = length;
        this.elementSize = elementSize;
        Pointer = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, length * elementSize));
        history = new ElementHistory[length];
        Poison();
    }

    ~MemoryBlock() => NativeMemory.Free(Pointer);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    public MemorySpace Space { get; }

    /// <summary>Elements.</summary>
    public long Length { get; }

    public byte* Pointer { get; private set; }

    /// <summary>Whether it was freed.</summary>
    public bool Disposed { get; private set; }

    /// <summary>Index of the element at an address; −1 if it is not in this block.</summary>
    public long IndexOf(void* address)
    {
        long offset = (byte*)address - Pointer;
        return (ulong)offset < (ulong)(Length * elementSize) ? offset / elementSize : -1;
    }

    public ref ElementHistory History(long index) => ref history[index];

    /// <summary>Contents that no result survives: NaN in float, large negative numbers in int.</summary>
    public void Poison()
    {
        new Span<byte>(Pointer, checked((int)(Length * elementSize))).Fill(0xFF);
        if (Space != MemorySpace.Device)
            Array.Clear(history);
    }

    public void Clear() => WrittenByHost<byte>(0, Length * elementSize, Length).Clear();

    /// <summary>Elements that the host overwrites.</summary>
    public Span<T> WrittenByHost<T>(long offset, long length, long? elements = null)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(Disposed, this);
        foreach (ref ElementHistory element in history.AsSpan((int)offset, (int)(elements ?? length)))
            element = new ElementHistory { WriteEpoch = ElementHistory.Host };
        return new Span<T>((T*)Pointer + offset, (int)length);
    }

    /// <summary>Elements that the host reads; unwritten ones are allowed, as a transfer of a whole buffer has them.</summary>
    public ReadOnlySpan<T> ReadByHost<T>(long offset, long length)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(Disposed, this);
        return new ReadOnlySpan<T>((T*)Pointer + offset, (int)length);
    }

    /// <summary>Marks the block as freed; its memory stays until nothing refers to it, so that a late access is found and not fatal.</summary>
    public void Free() => Disposed = true;
}
