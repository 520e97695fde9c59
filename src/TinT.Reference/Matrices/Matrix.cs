using System.Numerics;

namespace TinT.Reference.Matrices;

/// <summary>A dense row-major matrix over a plain array, or a rectangular part of one.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Matrix<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public Matrix(int rows, int columns)
        : this(rows, columns, new T[checked(rows * columns)])
    {
    }

    /// <summary>Creates a matrix over an array, which is not copied.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="values">Elements, row after row; may be longer than needed.</param>
    /// <exception cref="ArgumentException">The array is too short.</exception>
    public Matrix(int rows, int columns, T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length < (long)rows * columns)
            throw new ArgumentException($"A {rows}×{columns} matrix needs {(long)rows * columns} values, not {values.Length}.", nameof(values));
        Rows = rows;
        Columns = columns;
        Values = values;
        Stride = columns;
    }

    private Matrix(int rows, int columns, T[] values, int offset, int stride)
    {
        Rows = rows;
        Columns = columns;
        Values = values;
        Offset = offset;
        Stride = stride;
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>The array; row r starts at <see cref="Offset"/> + r · <see cref="Stride"/>.</summary>
    public T[] Values { get; }

    /// <summary>Index of the first element; 0 unless this is a part of a matrix.</summary>
    public int Offset { get; }

    /// <summary>From one row to the next; <see cref="Columns"/> unless this is a part of a matrix.</summary>
    public int Stride { get; }

    /// <summary>One element.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    public ref T this[int row, int column] => ref Values[Offset + row * Stride + column];

    /// <summary>One row.</summary>
    /// <param name="row">Its index.</param>
    public Span<T> Row(int row) => Values.AsSpan(Offset + row * Stride, Columns);

    /// <summary>The array from a row on.</summary>
    /// <param name="row">The row's index.</param>
    internal Span<T> From(int row) => Values.AsSpan(Offset + row * Stride);

    /// <summary>The first rows, over the same array.</summary>
    /// <param name="rows">How many.</param>
    public Matrix<T> FirstRows(int rows) => rows == Rows ? this : Part(0, rows, 0, Columns);

    /// <summary>A rectangular part, over the same array.</summary>
    /// <param name="firstRow">Its first row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="firstColumn">Its first column.</param>
    /// <param name="columns">Its columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part leaves the matrix.</exception>
    public Matrix<T> Part(int firstRow, int rows, int firstColumn, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + rows, Rows, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstColumn + columns, Columns, nameof(columns));
        return new Matrix<T>(rows, columns, Values, Offset + firstRow * Stride + firstColumn, Stride);
    }

    /// <summary>All elements.</summary>
    /// <exception cref="InvalidOperationException">This is a part of a matrix whose rows do not follow each other.</exception>
    public Span<T> AsSpan() => Stride == Columns
        ? Values.AsSpan(Offset, Rows * Columns)
        : throw new InvalidOperationException("The rows of this part do not follow each other; read it row by row.");
}
