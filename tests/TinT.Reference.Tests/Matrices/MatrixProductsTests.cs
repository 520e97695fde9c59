using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tests.Matrices;

public sealed class MatrixProductsTests
{
    // Sums of up to 300 products of numbers below 4: 300 units in the last place at worst.
    private const double DoubleTolerance = 1e-12;
    private const double SingleTolerance = 1e-3;

    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 },
        { 3, 5, 7 },
        { 4, 16, 8 },
        { 130, 70, 33 },
        { 6, 129, 300 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Products_in_double_are_sums_of_products(int rows, int columns, int terms) =>
        Check<double>(rows, columns, terms, DoubleTolerance);

    [Theory, MemberData(nameof(Sizes))]
    public void Products_in_float_are_sums_of_products(int rows, int columns, int terms) =>
        Check<float>(rows, columns, terms, SingleTolerance);

    [Fact]
    public void Products_of_parts_leave_the_rest_of_the_matrices_alone()
    {
        Matrix<double> left = Random<double>(9, 11, 1);
        Matrix<double> right = Random<double>(13, 20, 2);
        Matrix<double> result = Random<double>(10, 30, 3);
        double[] before = [.. result.Values];

        new MatrixProducts<double>(new Workers(1)).By(left.Part(1, 6, 2, 5), right.Part(3, 5, 1, 17), result.Part(2, 6, 4, 17));

        for (int row = 0; row < result.Rows; row++)
        {
            for (int column = 0; column < result.Columns; column++)
            {
                bool inside = row is >= 2 and < 8 && column is >= 4 and < 21;
                double expected = inside
                    ? Enumerable.Range(0, 5).Sum(term => left[1 + row - 2, 2 + term] * right[3 + term, 1 + column - 4])
                    : before[row * result.Columns + column];
                Assert.Equal(expected, result[row, column], DoubleTolerance);
            }
        }
    }

    [Fact]
    public void A_part_that_leaves_the_matrix_is_refused()
    {
        Matrix<double> matrix = new(3, 4);

        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Part(1, 3, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Part(0, 3, 2, 3));
        Assert.Throws<InvalidOperationException>(() => matrix.Part(0, 3, 1, 2).AsSpan().Length);
    }

    private static void Check<T>(int rows, int columns, int terms, double tolerance)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> left = Random<T>(rows, terms, 1);
        Matrix<T> right = Random<T>(terms, columns, 2);
        T[] bias = Random<T>(1, columns, 3).Values;
        Matrix<T> start = Random<T>(rows, columns, 4);
        MatrixProducts<T> products = new(new Workers(2));

        Matrix<T> result = Copy(start);
        products.ByTransposed(left, Transposed(right), bias, result);
        AssertSums(result, (row, column) => ToDouble(bias[column]));
        products.ByTransposed(left, Transposed(right), [], result);
        AssertSums(result, (_, _) => 0);
        products.By(left, right, result);
        AssertSums(result, (_, _) => 0);
        products.TransposedBy(Transposed(left), right, result);
        AssertSums(result, (_, _) => 0);
        result = Copy(start);
        products.By(left, right, result, accumulate: true);
        AssertSums(result, (row, column) => ToDouble(start[row, column]));
        result = Copy(start);
        products.TransposedBy(Transposed(left), right, result, accumulate: true);
        AssertSums(result, (row, column) => ToDouble(start[row, column]));

        void AssertSums(Matrix<T> actual, Func<int, int, double> first)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    double expected = first(row, column)
                        + Enumerable.Range(0, terms).Sum(term => ToDouble(left[row, term]) * ToDouble(right[term, column]));
                    Assert.Equal(expected, ToDouble(actual[row, column]), tolerance);
                }
            }
        }
    }

    private static double ToDouble<T>(T value)
        where T : IFloatingPointIeee754<T> => double.CreateChecked(value);

    private static Matrix<T> Copy<T>(Matrix<T> matrix)
        where T : IFloatingPointIeee754<T> => new(matrix.Rows, matrix.Columns, [.. matrix.Values]);

    private static Matrix<T> Transposed<T>(Matrix<T> matrix)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> transposed = new(matrix.Columns, matrix.Rows);
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
                transposed[column, row] = matrix[row, column];
        }

        return transposed;
    }

    private static Matrix<T> Random<T>(int rows, int columns, int seed)
        where T : IFloatingPointIeee754<T>
    {
        Random random = new(seed);
        return new Matrix<T>(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => T.CreateChecked(RandomCase.Normal(random)))]);
    }
}
