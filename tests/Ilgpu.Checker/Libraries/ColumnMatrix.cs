using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.Cuda;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Libraries;

/// <summary>An operand or result of a product.</summary>
internal readonly struct ColumnMatrix
{
    private readonly string name;
    private readonly MemoryBlock block;
    private readonly long offset;
    private readonly long stride;
    private readonly bool transposed;

    public ColumnMatrix(string name, ArrayView<float> view, int stride, int rows, int columns, CuBlasOperation operation)
    {
        if (operation == CuBlasOperation.ConjugateTranspose)
            throw new CuBlasException(CuBlasStatus.CUBLAS_STATUS_NOT_SUPPORTED);
        this.name = name;
        block = ViewMemory.BlockOf(view) ?? throw new ArgumentException($"{name} is not on a checked device.", nameof(view));
        offset = ViewMemory.OffsetOf(view);
        this.stride = stride;
        transposed = operation == CuBlasOperation.Transpose;
        (int storedRows, int storedColumns) = transposed ? (columns, rows) : (rows, columns);
        if (rows < 0 || columns < 0 || stride < Math.Max(1, storedRows))
            throw new CuBlasException(CuBlasStatus.CUBLAS_STATUS_INVALID_VALUE);
        long length = storedRows == 0 || storedColumns == 0 ? 0 : ((storedColumns - 1) * this.stride) + storedRows;
        if (length > view.Length)
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant(
                $"{name} is {storedRows} × {storedColumns} with {stride} elements from column to column, {length} elements in a view of {view.Length}."));
    }

    public float Read(int row, int column)
    {
        long index = offset + Place(row, column);
        if (block.History(index).WriteEpoch == 0)
            throw new InvalidOperationException(
                FormattableString.Invariant($"Gemm reads element {index} of {block.Name}, which nothing has written, as ({row}, {column}) of {name}."));
        return MemoryMarshal.Read<float>(block.ReadByHost(index * sizeof(float), sizeof(float)));
    }

    public void Write(int row, int column, float value) =>
        MemoryMarshal.Write(block.WrittenByHost((offset + Place(row, column)) * sizeof(float), sizeof(float)), value);

    private long Place(int row, int column) => transposed ? (row * stride) + column : (column * stride) + row;
}
