using System.ComponentModel;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>A row-major matrix of floats that lies in a <see cref="NativeBuffer"/> or a <see cref="PinnedArray"/>, or a part of one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct MatrixView
{
    // Keeps the memory alive as long as the view is.
    private readonly object owner;

    internal MatrixView(object owner, float* pointer, int rows, int columns, int stride)
    {
        this.owner = owner;
        Pointer = pointer;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Element (0, 0).</summary>
    internal float* Pointer { get; }

    /// <summary>The matrix as weights.</summary>
    /// <param name="matrix">The matrix.</param>
    public static implicit operator WeightView(MatrixView matrix) => matrix.ToWeightView();

    /// <summary>The matrix as weights.</summary>
    public WeightView ToWeightView() => new(owner, Pointer, Rows, Columns, Stride, WeightStorage.SinglePrecision);

    /// <summary>One row.</summary>
    /// <param name="row">Index of the row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return new Span<float>(Pointer + ((long)row * Stride), Columns);
    }

    /// <summary>One row as a view.</summary>
    /// <param name="row">Index of the row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public VectorView RowVector(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return new VectorView(owner, Pointer + ((long)row * Stride), Columns);
    }

    /// <summary>Consecutive rows.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all rows of the matrix.</exception>
    public MatrixView RowRange(int first, int count)
    {
        ViewBounds.CheckRange(Rows, first, count);
        return new MatrixView(owner, Pointer + ((long)first * Stride), count, Columns, Stride);
    }

    /// <summary>Consecutive columns.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all columns of the matrix.</exception>
    public MatrixView ColumnRange(int first, int count)
    {
        ViewBounds.CheckRange(Columns, first, count);
        return new MatrixView(owner, Pointer + first, Rows, count, Stride);
    }

    /// <summary>A matrix of rows that follow each other, each cut in so many of equal length.</summary>
    /// <param name="parts">Parts of a row; a divisor of the columns.</param>
    /// <exception cref="InvalidOperationException">Rows do not follow each other.</exception>
    public MatrixView CutRows(int parts)
    {
        RequireDense();
        ArgumentOutOfRangeException.ThrowIfNotEqual(Columns % parts, 0, nameof(parts));
        return new MatrixView(owner, Pointer, Rows * parts, Columns / parts, Columns / parts);
    }

    /// <summary>All elements of a matrix of rows that follow each other.</summary>
    /// <exception cref="InvalidOperationException">Rows do not follow each other.</exception>
    public VectorView Flat()
    {
        RequireDense();
        return new VectorView(owner, Pointer, Rows * Columns);
    }

    /// <summary>Sets every element to 0.</summary>
    public void Clear()
    {
        for (int row = 0; row < Rows; row++)
            Row(row).Clear();
    }

    /// <summary>Copies every element to a matrix of the same shape.</summary>
    /// <param name="destination">Rows and columns as here; must not overlap.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyTo(MatrixView destination)
    {
        Shapes.Require(destination.Rows == Rows && destination.Columns == Columns, "copy", "destination", destination, Rows, Columns);
        for (int row = 0; row < Rows; row++)
            Row(row).CopyTo(destination.Row(row));
    }

    private void RequireDense()
    {
        if (Stride != Columns && Rows > 1)
            throw new InvalidOperationException($"Rows of {Columns} columns lie {Stride} apart; this needs rows that follow each other.");
    }
}
