using System.Numerics;

namespace TinT.Reference.Matrices;

/// <summary>A dense row-major matrix over a plain array.</summary>
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
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Elements, row after row.</summary>
    public T[] Values { get; }

    /// <summary>One element.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    public ref T this[int row, int column] => ref Values[row * Columns + column];

    /// <summary>One row.</summary>
    /// <param name="row">Its index.</param>
    public Span<T> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>Part of a row.</summary>
    /// <param name="row">Its index.</param>
    /// <param name="firstColumn">First column of the part.</param>
    /// <param name="columns">Columns of the part.</param>
    public Span<T> Row(int row, int firstColumn, int columns) => Values.AsSpan(row * Columns + firstColumn, columns);

    /// <summary>All elements.</summary>
    public Span<T> AsSpan() => Values.AsSpan(0, Rows * Columns);

    /// <summary>The first rows, over the same array.</summary>
    /// <param name="rows">How many.</param>
    public Matrix<T> FirstRows(int rows) => rows == Rows ? this : new Matrix<T>(rows, Columns, Values);
}
