using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>Floats outside the managed heap, zero at first, aligned to 64 bytes.</summary>
/// <remarks>
/// The memory is reserved at once, but the operating system provides a page only when it is first touched. Views of a
/// buffer must not be used after <see cref="Dispose"/>; they keep an undisposed buffer alive.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class NativeBuffer : IDisposable
{
    private const int Alignment = 64;

    private void* block;
    private readonly float* first;

    /// <summary>Reserves memory.</summary>
    /// <param name="length">Floats, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="BufferAllocationException">The operating system refuses that much.</exception>
    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        if (length > (nint.MaxValue - MemoryAdvice.HugePage) / sizeof(float))
            throw new BufferAllocationException(length, null);

        long bytes = length * sizeof(float);

        // Large buffers begin at a huge page and ask for huge pages: walking the columns of a large matrix touches a page per row.
        nuint alignment = bytes >= 2 * MemoryAdvice.HugePage ? (nuint)MemoryAdvice.HugePage : Alignment;

        try
        {
            // Zeroed memory rather than aligned memory is asked for: large zeroed blocks come as untouched pages.
            block = NativeMemory.AllocZeroed((nuint)bytes + alignment);
        }
        catch (OutOfMemoryException refusal)
        {
            throw new BufferAllocationException(length, refusal);
        }

        first = (float*)(((nuint)block + alignment - 1) & ~(alignment - 1));
        MemoryAdvice.PreferHugePages(first, bytes);
    }

    /// <summary>Returns the memory if <see cref="Dispose"/> was forgotten.</summary>
    ~NativeBuffer() => Free();

    /// <summary>Floats in the buffer.</summary>
    public long Length { get; }

    /// <summary>A matrix in consecutive rows.</summary>
    /// <param name="offset">Position of element (0, 0).</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="columns">Columns, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not lie inside the buffer.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
    public MatrixView Matrix(long offset, int rows, int columns)
    {
        ObjectDisposedException.ThrowIf(block is null, this);
        ViewBounds.CheckMatrix(Length, offset, rows, columns);
        return new MatrixView(this, first + offset, rows, columns, columns);
    }

    /// <summary>A matrix of 16-bit weights in consecutive rows, two of which take the room of a float.</summary>
    /// <param name="start">Position of a float.</param>
    /// <param name="offset">Position of element (0, 0), in elements behind it.</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="columns">Columns, at least 0.</param>
    /// <param name="storage">What the elements are: 16 bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not lie inside the buffer, or its elements are no 16-bit numbers.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
    public WeightView Weights(long start, long offset, int rows, int columns, WeightStorage storage)
    {
        ObjectDisposedException.ThrowIf(block is null, this);
        ArgumentOutOfRangeException.ThrowIfEqual((int)storage, (int)WeightStorage.SinglePrecision, nameof(storage));
        ViewBounds.CheckVector(Length, start, 0);
        ViewBounds.CheckMatrix(2 * (Length - start), offset, rows, columns);
        return new WeightView(this, (ushort*)(first + start) + offset, rows, columns, columns, storage);
    }

    /// <summary>A vector of consecutive floats.</summary>
    /// <param name="offset">Position of element 0.</param>
    /// <param name="length">Elements, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vector does not lie inside the buffer.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
    public VectorView Vector(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(block is null, this);
        ViewBounds.CheckVector(Length, offset, length);
        return new VectorView(this, first + offset, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(block);
        block = null;
    }
}
