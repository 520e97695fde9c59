using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ILGPU.Execution;

/// <summary>An allocation of device, shared or local memory with the history of each of its elements.</summary>
internal sealed unsafe class MemoryBlock
{
    private readonly ElementHistory[] history;
    private readonly int elementSize;
    private readonly int elementShift;
    private readonly nuint byteLength;

    public MemoryBlock(string name, MemorySpace space, long length, int elementSize)
    {
        Name = name;
        Space = space;
        Length = length;
        this.elementSize = elementSize;
        if (!BitOperations.IsPow2(elementSize))
            throw new NotSupportedException($"Elements of {elementSize} bytes are not emulated; sizes are powers of two.");
        elementShift = BitOperations.Log2((uint)elementSize);
        byteLength = (nuint)(length * elementSize);
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

    /// <summary>Bytes.</summary>
    public long ByteLength => (long)byteLength;

    public byte* Pointer { get; private set; }

    /// <summary>Whether it was freed.</summary>
    public bool Disposed { get; private set; }

    /// <summary>Index of the element at an address; −1 if it is not in this block.</summary>
    public long IndexOf(void* address) => Contains(address) ? (long)(PlaceOf(address) >> elementShift) : -1;

    /// <summary>Whether an address lies in this block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(void* address) => PlaceOf(address) < byteLength;

    /// <summary>History of the element at an address of this block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref ElementHistory HistoryAt(void* address) => ref history[PlaceOf(address) >> elementShift];

    /// <summary>An element, whose index was checked.</summary>
    public T At<T>(long index)
        where T : unmanaged => ((T*)Pointer)[index];

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

    private nuint PlaceOf(void* address) => (nuint)((byte*)address - Pointer);

    /// <summary>Marks the block as freed; its memory stays until nothing refers to it, so that a late access is found and not fatal.</summary>
    public void Free() => Disposed = true;
}
