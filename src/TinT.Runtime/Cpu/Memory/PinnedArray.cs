using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>A managed array that the garbage collector does not move, so that primitives write results straight into it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class PinnedArray
{
    private readonly float* first;

    /// <summary>Allocates an array whose elements are undefined until written.</summary>
    /// <param name="length">Elements, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or more than an array can hold.</exception>
    public PinnedArray(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, System.Array.MaxLength);
        Array = GC.AllocateUninitializedArray<float>((int)length, pinned: true);
        first = (float*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(Array));
    }

    /// <summary>The array.</summary>
    public float[] Array { get; }

    /// <summary>A matrix in consecutive rows.</summary>
    /// <param name="offset">Position of element (0, 0).</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="columns">Columns, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not lie inside the array.</exception>
    public MatrixView Matrix(long offset, int rows, int columns)
    {
        ViewBounds.CheckMatrix(Array.Length, offset, rows, columns);
        return new MatrixView(Array, first + offset, rows, columns, columns);
    }

    /// <summary>A vector of consecutive floats.</summary>
    /// <param name="offset">Position of element 0.</param>
    /// <param name="length">Elements, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vector does not lie inside the array.</exception>
    public VectorView Vector(long offset, int length)
    {
        ViewBounds.CheckVector(Array.Length, offset, length);
        return new VectorView(Array, first + offset, length);
    }
}
