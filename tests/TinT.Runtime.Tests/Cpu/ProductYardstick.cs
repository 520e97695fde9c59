using TinT.Runtime.Cpu;

namespace TinT.Runtime.Tests.Cpu;

/// <summary>Products by plain loops in double, with the error that <see cref="MatrixProduct"/> promises not to exceed.</summary>
internal static class ProductYardstick
{
    /// <summary>Half a unit in the last place of 1.</summary>
    public const double Rounding = 1.0 / (1 << 24);

    /// <summary>
    /// The bound of MatrixProduct: chains of 128 fused multiply-adds, one addition per chain, and a few roundings for bias, residual, scale and
    /// the result, each at most half a unit in the last place of a partial sum, which Σ|a||b| + |addends| bounds.
    /// </summary>
    public static (double Value, double Error)[,] Expect(
        int rows, int columns, int depth, Func<int, int, (double Value, double Size)> addend, Func<int, int, double> left, Func<int, int, double> right)
    {
        double factor = (Math.Min(depth, 128) + (depth / 128) + 4) * Rounding;
        double[] column = new double[depth];
        (double, double)[,] expected = new (double, double)[rows, columns];
        double[,] transposed = new double[rows, depth];
        for (int row = 0; row < rows; row++)
        {
            for (int index = 0; index < depth; index++)
                transposed[row, index] = left(row, index);
        }

        for (int at = 0; at < columns; at++)
        {
            for (int index = 0; index < depth; index++)
                column[index] = right(index, at);
            for (int row = 0; row < rows; row++)
            {
                (double sum, double size) = addend(row, at);
                for (int index = 0; index < depth; index++)
                {
                    double term = transposed[row, index] * column[index];
                    sum += term;
                    size += Math.Abs(term);
                }

                expected[row, at] = (sum, factor * size);
            }
        }

        return expected;
    }

    public static void AssertNear(GuardedMatrix actual, (double Value, double Error)[,] expected)
    {
        for (int row = 0; row < actual.View.Rows; row++)
        {
            Span<float> elements = actual.View.Row(row);
            for (int column = 0; column < elements.Length; column++)
            {
                (double value, double error) = expected[row, column];
                if (!(Math.Abs(elements[column] - value) <= error))
                    Assert.Fail($"[{row}, {column}] is {elements[column]:R}, expected {value:R} within {error:R}.");
            }
        }
    }
}
