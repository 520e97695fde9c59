using System.ComponentModel;
using System.Globalization;
using System.Numerics.Tensors;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>A row-major matrix of weights that is only read: singles, or 16-bit numbers that become singles where they are packed or used.</summary>
/// <remarks>Every <see cref="MatrixView"/> is one, so that stored weights and the updated copies of them go through the same kernels.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct WeightView
{
    /// <summary>Elements that are widened at a time: they stay in the first-level cache.</summary>
    private const int PieceLength = 256;

    // Keeps the memory alive as long as the view is.
    private readonly object owner;

    internal WeightView(object owner, void* pointer, int rows, int columns, int stride, WeightStorage storage)
    {
        this.owner = owner;
        Pointer = (byte*)pointer;
        Rows = rows;
        Columns = columns;
        Stride = stride;
        Storage = storage;
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>What the elements are.</summary>
    public WeightStorage Storage { get; }

    /// <summary>Element (0, 0).</summary>
    internal byte* Pointer { get; }

    /// <summary>Bytes of an element.</summary>
    internal int ElementSize => Storage == WeightStorage.SinglePrecision ? sizeof(float) : sizeof(ushort);

    /// <summary>Bytes from one row to the next.</summary>
    internal nint StrideBytes => (nint)Stride * ElementSize;

    /// <summary>Consecutive rows.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all rows of the matrix.</exception>
    public WeightView RowRange(int first, int count)
    {
        ViewBounds.CheckRange(Rows, first, count);
        return new WeightView(owner, Address(first, 0), count, Columns, Stride, Storage);
    }

    /// <summary>Copies a row, as singles.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="destination">[columns].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyRow(int row, Span<float> destination)
    {
        CheckRow(row, destination.Length);
        if (Storage == WeightStorage.SinglePrecision)
            Floats(row).CopyTo(destination);
        else
            WeightConversion.Widen(Storage, (ushort*)Address(row, 0), destination);
    }

    /// <summary>destination += factor · row.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="factor">Factor.</param>
    /// <param name="destination">[columns].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void AddRow(int row, float factor, Span<float> destination)
    {
        CheckRow(row, destination.Length);
        if (Storage == WeightStorage.SinglePrecision)
        {
            TensorPrimitives.MultiplyAdd(Floats(row), factor, destination, destination);
            return;
        }

        Span<float> wide = stackalloc float[PieceLength];
        for (int column = 0; column < Columns; column += PieceLength)
        {
            Span<float> part = destination.Slice(column, Math.Min(PieceLength, Columns - column));
            WeightConversion.Widen(Storage, (ushort*)Address(row, column), wide[..part.Length]);
            TensorPrimitives.MultiplyAdd(wide[..part.Length], factor, part, part);
        }
    }

    /// <summary>The weights as the singles they are, to be written.</summary>
    /// <exception cref="InvalidOperationException">They are stored in 16 bits, which an update would round away.</exception>
    public MatrixView AsMatrix() => Storage == WeightStorage.SinglePrecision
        ? new MatrixView(owner, (float*)Pointer, Rows, Columns, Stride)
        : throw new InvalidOperationException($"Weights stored as {Storage} are only read; an update is written to a copy in single precision.");

    /// <summary>Address of an element.</summary>
    internal byte* Address(int row, int column) => Pointer + ((((nint)row * Stride) + column) * ElementSize);

    /// <summary>Writes singles to part of a row, rounded to the storage.</summary>
    internal void Store(int row, int column, ReadOnlySpan<float> values)
    {
        if (Storage == WeightStorage.SinglePrecision)
            values.CopyTo(new Span<float>(Address(row, column), values.Length));
        else
            WeightConversion.Narrow(Storage, values, new Span<ushort>(Address(row, column), values.Length));
    }

    private ReadOnlySpan<float> Floats(int row) => new(Address(row, 0), Columns);

    private void CheckRow(int row, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        if (length != Columns)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A row of {Columns} weights does not fit {length} floats."), nameof(length));
    }
}
