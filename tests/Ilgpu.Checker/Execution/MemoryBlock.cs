using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ilgpu.Checker.Execution;

/// <summary>An allocation of device, shared or local memory with the history of each of its elements.</summary>
internal sealed unsafe class MemoryBlock
{
    /// <summary>As CUDA aligns what it allocates.</summary>
    private const int Alignment = 256;

    private readonly ElementHistory[] history;
    private readonly int elementShift;
    private readonly nuint byteLength;
    private readonly byte* pointer;

    public MemoryBlock(string name, MemorySpace space, long length, int elementSize)
    {
        Name = name;
        Space = space;
        Length = length;
        ElementSize = elementSize;
        if (!BitOperations.IsPow2(elementSize))
            throw new NotSupportedException($"Elements of {elementSize} bytes are not checked; sizes are powers of two.");
        elementShift = BitOperations.Log2((uint)elementSize);
        byteLength = (nuint)(length * elementSize);
        pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length * elementSize), Alignment);
        history = new ElementHistory[length];
        Poison();
    }

    ~MemoryBlock() => NativeMemory.AlignedFree(pointer);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    public MemorySpace Space { get; }

    /// <summary>Elements.</summary>
    public long Length { get; }

    /// <summary>Bytes of an element.</summary>
    public int ElementSize { get; }

    /// <summary>Bytes.</summary>
    public long ByteLength => (long)byteLength;

    /// <summary>Where it begins.</summary>
    public nint Address => (nint)pointer;

    /// <summary>Whether it was freed.</summary>
    public bool Disposed { get; private set; }

    /// <summary>Whether an address lies in this block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(void* address) => PlaceOf(address) < byteLength;

    /// <summary>Index of the element at an address of this block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long IndexOf(void* address) => (long)(PlaceOf(address) >> elementShift);

    /// <summary>Elements that a value covers.</summary>
    /// <param name="bytes">Its size.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Covered(int bytes) => bytes <= ElementSize ? 1 : bytes >> elementShift;

    public ref ElementHistory History(long index) => ref history[index];

    /// <summary>Contents that no result survives: NaN in float, large negative numbers in int.</summary>
    public void Poison()
    {
        new Span<byte>(pointer, checked((int)byteLength)).Fill(0xFF);
        if (Space != MemorySpace.Device)
            Array.Clear(history);
    }

    /// <summary>Bytes that the host overwrites.</summary>
    public Span<byte> WrittenByHost(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(Disposed, this);
        long first = offset >> elementShift;
        long end = (offset + length + ElementSize - 1) >> elementShift;
        foreach (ref ElementHistory element in history.AsSpan((int)first, (int)(end - first)))
            element = new ElementHistory { WriteEpoch = ElementHistory.Host };
        return new Span<byte>(pointer + offset, checked((int)length));
    }

    /// <summary>Bytes that the host reads; unwritten ones are allowed, as a transfer of a whole buffer has them.</summary>
    public ReadOnlySpan<byte> ReadByHost(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(Disposed, this);
        return new ReadOnlySpan<byte>(pointer + offset, checked((int)length));
    }

    /// <summary>Marks the block as freed; its memory stays until nothing refers to it, so that a late access is found and not fatal.</summary>
    public void Free() => Disposed = true;

    private nuint PlaceOf(void* address) => (nuint)((byte*)address - pointer);
}
