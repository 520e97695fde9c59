using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.Views;

/// <summary>A matrix in global memory.</summary>
/// <param name="values">Its floats.</param>
/// <param name="rows">Rows.</param>
/// <param name="columns">Columns.</param>
/// <param name="stride">Floats from one row to the next.</param>
public readonly struct Matrix(ArrayView1D<float, Stride1D.Dense> values, Extent rows, Extent columns, int stride)
{
    /// <summary>Its floats.</summary>
    internal readonly ArrayView1D<float, Stride1D.Dense> Values = values;

    /// <summary>Rows.</summary>
    internal readonly Extent Rows = rows;

    /// <summary>Columns.</summary>
    internal readonly Extent Columns = columns;

    /// <summary>Floats from one row to the next.</summary>
    internal readonly int Stride = stride;

    /// <summary>A matrix with a row for each token, which each launch has another number of.</summary>
    /// <param name="values">Its floats.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    public static Matrix OfTokens(ArrayView1D<float, Stride1D.Dense> values, int rows, int columns, int stride) =>
        new(values, Extent.Given(rows), Extent.Known(columns), stride);

    /// <summary>A matrix of which a kernel's threads have an element each, so that it needs no number of rows.</summary>
    /// <param name="values">Its floats.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    public static Matrix OfElements(ArrayView1D<float, Stride1D.Dense> values, int columns, int stride) => new(values, default, Extent.Known(columns), stride);

    /// <summary>A matrix of weights.</summary>
    /// <param name="values">Its floats, row behind row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static Matrix OfWeights(ArrayView1D<float, Stride1D.Dense> values, int rows, int columns) =>
        new(values, Extent.Known(rows), Extent.Known(columns), columns);

    /// <summary>Whether an element is one of the matrix's.</summary>
    internal bool Has(int row, int column) => row < Rows.Length && column < Columns.Length;

    /// <summary>Place of an element.</summary>
    internal int At(int row, int column) => (row * Stride) + column;

    /// <summary>Place of an element by its number; rows one behind the other need no division.</summary>
    internal int At(int element) => Stride == Columns.Length ? element : At(element / Columns.Length, element % Columns.Length);

    /// <summary>The same matrix up to a row.</summary>
    internal Matrix UpToRow(int end) => new(Values, Extent.Given(end), Columns, Stride);

    /// <summary>The same matrix up to a column.</summary>
    internal Matrix UpToColumn(int end) => new(Values, Rows, Extent.Given(end), Stride);
}
