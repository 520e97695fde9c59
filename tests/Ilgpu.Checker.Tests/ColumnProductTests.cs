using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Ilgpu.Checker.Libraries;

namespace Ilgpu.Checker.Tests;

/// <summary>Products as cuBLAS computes them, whose matrices have their columns one behind the other.</summary>
public sealed class ColumnProductTests : IDisposable
{
    private readonly TestDevice device = new();

    public void Dispose() => device.Dispose();

    [Theory]
    [InlineData(CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose)]
    [InlineData(CuBlasOperation.Transpose, CuBlasOperation.NonTranspose)]
    [InlineData(CuBlasOperation.NonTranspose, CuBlasOperation.Transpose)]
    [InlineData(CuBlasOperation.Transpose, CuBlasOperation.Transpose)]
    public void A_product_is_that_of_the_operands_as_they_are_stored(CuBlasOperation left, CuBlasOperation right)
    {
        // 2 × 3 times 3 × 2, with 4 elements from column to column of each. What the result was is not read, not even if nothing has written it.
        float[,] a = { { 1, 2, 3 }, { 4, 5, 6 } };
        float[,] b = { { 7, 8 }, { 9, 10 }, { 11, 12 } };
        MemoryBuffer1D<float, Stride1D.Dense> result = device.Accelerator.Allocate1D<float>(6);
        result.View.SubView(2, 2).CopyFromCPU([-1f, -1]);

        ColumnProduct.Compute(left, right, 2, 2, 3, Stored(a, left), 4, Stored(b, right), 4, result.View.BaseView, 4);

        Assert.Equal([58f, 139, -1, -1, 64, 154], result.GetAsArray1D());
    }

    [Fact]
    public void A_matrix_outside_of_its_view_fails()
    {
        ArgumentOutOfRangeException failure = Assert.Throws<ArgumentOutOfRangeException>(() =>
            ColumnProduct.Compute(CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, 1, 2, 2, View(1, 2), 1, View(1, 2, 3), 2, View(0, 0), 1));

        Assert.StartsWith("b is 2 × 2 with 2 elements from column to column, 4 elements in a view of 3.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stride_shorter_than_a_column_is_refused()
    {
        CuBlasException failure = Assert.Throws<CuBlasException>(() =>
            ColumnProduct.Compute(CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, 2, 1, 1, View(1, 2), 1, View(1), 1, View(0, 0), 2));

        Assert.Equal(CuBlasStatus.CUBLAS_STATUS_INVALID_VALUE, failure.Error);
    }

    [Fact]
    public void Values_that_nothing_has_written_fail()
    {
        ArrayView<float> unwritten = device.Accelerator.Allocate1D<float>(4).View.BaseView;

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() =>
            ColumnProduct.Compute(CuBlasOperation.Transpose, CuBlasOperation.NonTranspose, 1, 1, 2, unwritten.SubView(1, 2), 2, View(1, 2), 2, View(0), 1));

        Assert.Equal("Gemm reads element 1 of the buffer of 4 elements of 4 bytes, which nothing has written, as (0, 0) of a.", failure.Message);
    }

    private ArrayView<float> View(params float[] values) => device.Accelerator.Allocate1D(values).View.BaseView;

    /// <summary>A matrix with 4 elements from column to column, or of its transpose.</summary>
    private ArrayView<float> Stored(float[,] matrix, CuBlasOperation operation)
    {
        var values = new float[12];
        for (int row = 0; row < matrix.GetLength(0); row++)
        {
            for (int column = 0; column < matrix.GetLength(1); column++)
                values[operation == CuBlasOperation.Transpose ? (row * 4) + column : (column * 4) + row] = matrix[row, column];
        }

        return View(values);
    }
}
