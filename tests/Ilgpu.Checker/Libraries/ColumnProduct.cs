using ILGPU;
using ILGPU.Runtime.Cuda;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Libraries;

/// <summary>Products of matrices as cuBLAS computes them, with their columns one behind the other, on the memory of checked devices.</summary>
/// <remarks>The real library reads and writes where it is told to; here places outside of a view and values that nothing has written fail.</remarks>
public static class ColumnProduct
{
    /// <summary>c = op(a) · op(b); what c was is not read.</summary>
    /// <param name="ofA">What is done to a.</param>
    /// <param name="ofB">What is done to b.</param>
    /// <param name="rows">Rows of op(a) and c.</param>
    /// <param name="columns">Columns of op(b) and c.</param>
    /// <param name="terms">Columns of op(a), rows of op(b).</param>
    /// <param name="a">Left operand.</param>
    /// <param name="strideOfA">Elements from one column of it to the next.</param>
    /// <param name="b">Right operand.</param>
    /// <param name="strideOfB">Elements from one column of it to the next.</param>
    /// <param name="c">Result.</param>
    /// <param name="strideOfC">Elements from one column of it to the next.</param>
    /// <exception cref="CuBlasException">A size is negative, or a stride shorter than a column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A matrix does not lie inside of its view.</exception>
    /// <exception cref="InvalidOperationException">An operand has a value that nothing has written.</exception>
    public static void Compute(
        CuBlasOperation ofA,
        CuBlasOperation ofB,
        int rows,
        int columns,
        int terms,
        ArrayView<float> a,
        int strideOfA,
        ArrayView<float> b,
        int strideOfB,
        ArrayView<float> c,
        int strideOfC)
    {
        var left = new ColumnMatrix("a", a, strideOfA, rows, terms, ofA);
        var right = new ColumnMatrix("b", b, strideOfB, terms, columns, ofB);
        var result = new ColumnMatrix("c", c, strideOfC, rows, columns, CuBlasOperation.NonTranspose);
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                float sum = 0;
                for (int term = 0; term < terms; term++)
                    sum += left.Read(row, term) * right.Read(term, column);
                result.Write(row, column, sum);
            }
        }

        DeviceRecorder.Launched(new LaunchRecord("Gemm", 1, 0, 0, 0, (long)rows * columns));
    }
}
