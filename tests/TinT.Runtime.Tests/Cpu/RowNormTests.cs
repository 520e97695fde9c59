using TinT.Runtime.Cpu;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Tests.Cpu;

public class RowNormTests
{
    private const double Rounding = 1.0 / (1 << 24);

    [Theory]
    [InlineData(1, 1e-5f)]
    [InlineData(2, 1e-5f)]
    [InlineData(7, 1e-5f)]
    [InlineData(32, 1e-5f)]
    [InlineData(768, 1e-5f)]
    [InlineData(1601, 1e-3f)]
    public void Normalized_rows_agree_with_double(int width, float epsilon)
    {
        Random random = new(width);
        float[] x = [.. Enumerable.Range(0, width).Select(_ => 3 + (2 * random.NextSingle()))];
        float[] normalized = new float[width];
        float inverseDeviation = RowNorm.Normalize<LayerNorm>(x, epsilon, normalized);
        (double[] expected, double expectedInverse) = Normalize([.. x.Select(value => (double)value)], epsilon);

        // The mean, about 4, is good to width / 8 roundings (eight or more lanes) and is magnified by r.
        double error = ((width / 8) + 8) * Rounding * 4 * expectedInverse;
        Assert.InRange(
            inverseDeviation, expectedInverse * (1 - (8 * Rounding) - (width / 8 * Rounding)), expectedInverse * (1 + (8 * Rounding) + (width / 8 * Rounding)));
        for (int index = 0; index < width; index++)
            Assert.InRange(normalized[index], expected[index] - error, expected[index] + error);

        RowNorm.Normalize<LayerNorm>(x, epsilon, x);
        Assert.Equal(normalized, x);
    }

    [Fact]
    public void A_row_without_elements_has_no_variance() => Assert.Equal(100f, RowNorm.Normalize<LayerNorm>([], 1e-4f, []), 1e-4f);

    [Fact]
    public void Affine_is_gain_times_row_plus_bias()
    {
        float[] y = new float[3];
        RowNorm.Affine([1f, -2f, 3f], [2f, 3f, 4f], [10f, 20f, 30f], y);
        Assert.Equal([12f, 14f, 42f], y);
    }

    [Theory]
    [InlineData(8, 1000f, 1f)]
    [InlineData(33, 1000f, 0.01f)]
    [InlineData(768, 1000f, 30f)]
    [InlineData(768, 1f, 5f)]
    [InlineData(1600, 10f, 1e-6f)]
    [InlineData(5, 0.5f, 100f)]
    public void Difference_agrees_with_the_literal_formula_in_double(int width, float taylorScale, float size)
    {
        Random random = new(width);
        double[] x = [.. Enumerable.Range(0, width).Select(_ => 5 * random.NextDouble())];
        (double[] exact, double inverse) = Normalize(x, 1e-5);
        float[] normalized = [.. exact.Select(value => (float)value)];
        float[] gradient = [.. Enumerable.Range(0, width).Select(_ => size * (random.NextSingle() - 0.3f))];
        float[] result = new float[width];
        RowNorm.TaylorDifference<LayerNorm>(normalized, (float)inverse, gradient, taylorScale, result, accumulate: false);

        // In double the literal formula loses log10(N) + 3 of 16 digits at most. Ours: a mean and two sums over the row in eight or more lanes.
        double largest = gradient.Max(Math.Abs) * inverse;
        double error = ((width / 8) + 16) * Rounding * largest * 2;
        double[] expected = Difference(x, [.. gradient.Select(value => (double)value)], taylorScale, 1e-5);
        double literalError = 1e-14 * taylorScale;
        for (int index = 0; index < width; index++)
            Assert.InRange(result[index], expected[index] - error - literalError, expected[index] + error + literalError);

        float[] sum = [.. Enumerable.Range(0, width).Select(index => (float)index)];
        RowNorm.TaylorDifference<LayerNorm>(normalized, (float)inverse, gradient, taylorScale, sum, accumulate: true);
        Assert.Equal(result.Select((value, index) => index + value), sum);

        RowNorm.TaylorDifference<LayerNorm>(normalized, (float)inverse, gradient, taylorScale, gradient, accumulate: false);
        Assert.Equal(result, gradient);
    }

    [Fact]
    public void A_step_that_cancels_the_row_gives_a_finite_result()
    {
        // x + γ/N = 0 exactly: LN₀ of a constant row is 0, so the difference is −N x̂ up to the rounding of 1 + e, at most √2⁻²².
        float[] x = [1f, -1f, 1f, -1f];
        float[] normalized = new float[4];
        float inverse = RowNorm.Normalize<LayerNorm>(x, 1e-5f, normalized);
        float[] result = new float[4];
        RowNorm.TaylorDifference<LayerNorm>(normalized, inverse, [-1000f, 1000f, -1000f, 1000f], 1000f, result, accumulate: false);
        for (int index = 0; index < 4; index++)
            Assert.InRange(result[index], (-1000 * normalized[index]) - 150, (-1000 * normalized[index]) + 150);
    }

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(
            () => RowNorm.TaylorDifference<LayerNorm>(new float[4], 1f, new float[3], 1000f, new float[4], accumulate: false));
        Assert.Contains("TaylorDifference: gradient has shape [3], but the other operands need [4].", wrong.Message, StringComparison.Ordinal);
    }

    private static (double[] Normalized, double InverseDeviation) Normalize(double[] x, double epsilon)
    {
        double mean = x.Average();
        double inverse = 1 / Math.Sqrt(epsilon + x.Average(value => (value - mean) * (value - mean)));
        return ([.. x.Select(value => (value - mean) * inverse)], inverse);
    }

    private static double[] Difference(double[] x, double[] gradient, double taylorScale, double epsilon)
    {
        double[] before = Normalize(x, epsilon).Normalized;
        double[] after = Normalize([.. x.Select((value, index) => value + (gradient[index] / taylorScale))], epsilon).Normalized;
        return [.. after.Select((value, index) => taylorScale * (value - before[index]))];
    }
}
