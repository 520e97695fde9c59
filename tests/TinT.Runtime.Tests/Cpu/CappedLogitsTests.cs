using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Tests.Cpu;

public class CappedLogitsTests
{
    private const float Cap = 5;
    private const double Ulp = 1.0 / (1 << 23);

    [Fact]
    public void A_bound_is_good_to_some_units_in_the_last_place_from_the_smallest_arguments_to_the_largest()
    {
        float[] arguments =
        [
            .. Enumerable.Range(-300, 601).Select(index => Cap * index / 100f), .. Enumerable.Range(1, 30).Select(power => MathF.Pow(10, -power)),
            0.6249999f * Cap, 0.625f * Cap, 0.6250001f * Cap, 1e20f, -1e20f, float.PositiveInfinity, float.NegativeInfinity, 0f,
        ];
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            float[] values = [.. arguments];
            CappedLogits.Apply(values, Cap, width);
            for (int index = 0; index < values.Length; index++)
            {
                // Two units of tanh, one of each product.
                double expected = Cap * Math.Tanh(arguments[index] / (double)Cap);
                Assert.InRange(Math.Abs(values[index] - expected), 0, 4 * Ulp * Math.Abs(expected));
            }

            float[] invalid = [float.NaN];
            CappedLogits.Apply(invalid, Cap, width);
            Assert.Equal(float.NaN, invalid[0]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(77)]
    [InlineData(1025)]
    public void Coefficients_are_the_gradient_through_the_bound(int classes)
    {
        const float Weight = 0.7f, TargetWeight = 0.4f;
        Random random = new(classes);
        float[] logits = [.. Enumerable.Range(0, classes).Select(_ => 2 * Cap * (random.NextSingle() - 0.5f))];
        int target = classes / 2;
        double largest = logits.Max();
        double sum = logits.Sum(logit => Math.Exp(logit - largest));
        double Slope(int index) => 1 - Math.Pow(logits[index] / (double)Cap, 2);
        double Of(int index, double coefficient) => ((Weight * coefficient) - (index == target ? TargetWeight : 0)) * Slope(index);
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            float[] softmax = [.. logits], quadratic = [.. logits], mean = [.. logits];
            Assert.Equal(Math.Log(sum) - (logits[target] - largest), CappedLogits.Softmax(softmax, target, Weight, TargetWeight, Cap, width), 1e-5);
            CappedLogits.Linear(quadratic, target, Weight, 0, TargetWeight, Cap, width);
            CappedLogits.Linear(mean, target, 0, Weight / classes, TargetWeight, Cap, width);
            for (int index = 0; index < classes; index++)
            {
                // Sums of exponentials as in SoftmaxLossTests; a slope is a product of two numbers up to 2, each good to a unit of 1.
                Assert.Equal(Of(index, Math.Exp(logits[index] - largest) / sum), softmax[index], 5e-6);
                Assert.Equal(Of(index, logits[index]), quadratic[index], 8 * Cap * Ulp);
                Assert.Equal(Of(index, 1.0 / classes), mean[index], 8 * Ulp);
            }
        }
    }

    [Theory]
    [InlineData(5, 300, 7)]
    [InlineData(64, 96, 256)]
    [InlineData(20, 110, 1003)]
    public void Losses_of_a_bounded_product_agree_with_double(int tokens, int inputs, int classes)
    {
        Random random = new(tokens);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs, gap: 3);
        GuardedMatrix w = GuardedMatrix.Random(random, classes, inputs, gap: 5, scale: 20 / Math.Sqrt(inputs));
        int[] rows = [.. Enumerable.Range(0, tokens).Where(row => row % 3 != 1).Reverse()];
        int[] targets = [.. rows.Select(_ => random.Next(classes))];
        VectorWidthPools.ForEach(workers =>
        {
            float[] losses = new float[rows.Length];
            SoftmaxLoss.OfLinear(workers, x.View, rows, w.View, default, targets, losses, Cap);
            for (int index = 0; index < rows.Length; index++)
                Assert.Equal(Loss(x.View.Row(rows[index]), w.View, targets[index]), losses[index], (128 + 9 + 96 + 32) * 20.0 / (1 << 24));
        });
    }

    [Fact]
    public void A_class_that_is_not_there_is_refused()
    {
        float[] logits = new float[3];
        Assert.Throws<ArgumentOutOfRangeException>(() => CappedLogits.Softmax(logits, 3, 1, 1, Cap));
        Assert.Throws<ArgumentOutOfRangeException>(() => CappedLogits.Mean(logits, -1, 1, 1, Cap));
    }

    private static double Loss(ReadOnlySpan<float> x, MatrixView w, int target)
    {
        double[] logits = new double[w.Rows];
        for (int row = 0; row < w.Rows; row++)
        {
            for (int index = 0; index < x.Length; index++)
                logits[row] += (double)x[index] * w.Row(row)[index];
            logits[row] = Cap * Math.Tanh(logits[row] / Cap);
        }

        double largest = logits.Max();
        return Math.Log(logits.Sum(logit => Math.Exp(logit - largest))) + largest - logits[target];
    }
}
