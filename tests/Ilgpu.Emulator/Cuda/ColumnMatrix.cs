using ILGPU.Execution;

namespace ILGPU.Runtime.Cuda;

/// <summary>An operand of cuBLAS.</summary>
internal readonly struct ColumnMatrix
{
    private readonly string name;
    private readonly ArrayView<float> view;
    private readonly long stride;
    private readonly bool transposed;

    public ColumnMatrix(string name, ArrayView<float> view, int stride, int rows, int columns, CuBlasOperation operation)
    {
        if (operation == CuBlasOperation.ConjugateTranspose)
            throw new CuBlasException(CuBlasStatus.CUBLAS_STATUS_NOT_SUPPORTED);
        this.name = name;
        this.view = view;
        this.stride = stride;
        transposed = operation == CuBlasOperation.Transpose;
        (int storedRows, int storedColumns) = transposed ? (columns, rows) : (rows, columns);
        if (rows < 0 || columns < 0 || stride < Math.Max(1, storedRows))
            throw new CuBlasException(CuBlasStatus.CUBLAS_STATUS_INVALID_VALUE);
        long length = storedRows == 0 || storedColumns == 0 ? 0 : ((storedColumns - 1) * this.stride) + storedRows;
        if (length > view.Length)
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {storedRows} × {storedColumns} with {stride} elements from column to column, {length} elements in a view of {view.Length}."));
    }

    public float Read(int row, int column)
    {
        long index = view.Offset + Place(row, column);
        if (view.Block.History(index).WriteEpoch == 0)
            throw new InvalidOperationException(FormattableString.Invariant($"Gemm reads element {index} of {view.Block.Name}, which nothing has written, as ({row}, {column}) of {name}."));
        return view.Block.At<float>(index);
    }

    public void Write(int row, int column, float value) => view.Block.WrittenByHost<float>(view.Offset + Place(row, column), 1)[0] = value;

    private long Place(int row, int column) => transposed ? (row * stride) + column : (column * stride) + row;
}
