using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Ilgpu.Emulator.Tests;

/// <summary>The library cuBLAS, whose matrices have their columns one behind the other.</summary>
public sealed class CuBlasTests : IDisposable
{
    private readonly EmulatedMachine machine = new(new EmulatedDevice("Card", AcceleratorType.Cuda, 64, 1 << 20));
    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly CuBlas library;

    public CuBlasTests()
    {
        context = Context.Create(builder => builder.Cuda());
        accelerator = context.Devices[0].CreateAccelerator(context);
        library = new CuBlas((CudaAccelerator)accelerator);
    }

    public void Dispose()
    {
        library.Dispose();
        accelerator.Dispose();
        context.Dispose();
        machine.Dispose();
    }

    [Theory]
    [InlineData(CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose)]
    [InlineData(CuBlasOperation.Transpose, CuBlasOperation.NonTranspose)]
    [InlineData(CuBlasOperation.NonTranspose, CuBlasOperation.Transpose)]
    [InlineData(CuBlasOperation.Transpose, CuBlasOperation.Transpose)]
    public void A_product_is_that_of_the_operands_as_they_are_stored(CuBlasOperation left, CuBlasOperation right)
    {
        // 2 × 3 times 3 × 2, with 4 elements from column to column of each.
        float[,] a = { { 1, 2, 3 }, { 4, 5, 6 } };
        float[,] b = { { 7, 8 }, { 9, 10 }, { 11, 12 } };
        MemoryBuffer1D<float, Stride1D.Dense> result = accelerator.Allocate1D([100f, 200, -1, -1, 300, 400]);

        library.Gemm(left, right, 2, 2, 3, 2f, Stored(a, left), 4, Stored(b, right), 4, 1f, result.View.BaseView, 4);

        Assert.Equal([100f + (2 * 58), 200 + (2 * 139), -1, -1, 300 + (2 * 64), 400 + (2 * 154)], result.GetAsArray1D());
    }

    [Fact]
    public void A_result_that_is_overwritten_may_be_unwritten_before()
    {
        MemoryBuffer1D<float, Stride1D.Dense> result = accelerator.Allocate1D<float>(1);

        library.Gemm(CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, 1, 1, 1, 1f, View(3), 1, View(5), 1, 0f, result.View.BaseView, 1);

        Assert.Equal([15f], result.GetAsArray1D());
    }

    [Fact]
    public void A_matrix_outside_of_its_view_fails()
    {
        ArgumentOutOfRangeException failure = Assert.Throws<ArgumentOutOfRangeException>(() =>
            library.Gemm(CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, 1, 2, 2, 1f, View(1, 2), 1, View(1, 2, 3), 2, 0f, View(0, 0), 1));

        Assert.StartsWith("b is 2 × 2 with 2 elements from column to column, 4 elements in a view of 3.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stride_shorter_than_a_column_is_refused()
    {
        CuBlasException failure = Assert.Throws<CuBlasException>(() =>
            library.Gemm(CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, 2, 1, 1, 1f, View(1, 2), 1, View(1), 1, 0f, View(0, 0), 2));

        Assert.Equal(CuBlasStatus.CUBLAS_STATUS_INVALID_VALUE, failure.Error);
    }

    [Fact]
    public void Values_that_nothing_has_written_fail()
    {
        ArrayView<float> unwritten = accelerator.Allocate1D<float>(4).View.BaseView;

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() =>
            library.Gemm(CuBlasOperation.Transpose, CuBlasOperation.NonTranspose, 1, 1, 2, 1f, unwritten.SubView(1, 2), 2, View(1, 2), 2, 0f, View(0), 1));

        Assert.Equal("Gemm reads element 1 of the buffer of 4 Single, which nothing has written, as (0, 0) of a.", failure.Message);
    }

    private ArrayView<float> View(params float[] values) => accelerator.Allocate1D(values).View.BaseView;

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
