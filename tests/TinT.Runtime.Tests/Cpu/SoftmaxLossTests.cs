using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Tests.Cpu;

public class SoftmaxLossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(77)]
    [InlineData(1025)]
    [InlineData(50257)]
    public void Probabilities_and_losses_agree_with_double(int classes)
    {
        Random random = new(classes);
        float[] logits = [.. Enumerable.Range(0, classes).Select(_ => 20 * (random.NextSingle() - 0.5f))];
        double largest = logits.Max();
        double sum = logits.Sum(logit => Math.Exp(logit - largest));
        int target = classes / 2;
        double loss = Math.Log(sum) - (logits[target] - largest);
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            // An exponential is good to 1 unit, the shifted logit (at most 20) to ½ unit of 16; parts of 64 vectors are summed in float.
            const double Relative = 1e-6 + (64.0 / (1 << 24));
            Assert.InRange(SoftmaxLoss.Loss(logits, target, width), loss - Relative, loss + Relative);
            float[] probabilities = [.. logits];
            Assert.InRange(SoftmaxLoss.Softmax(probabilities, target, width), loss - Relative, loss + Relative);
            for (int index = 0; index < classes; index++)
            {
                double expected = Math.Exp(logits[index] - largest) / sum;
                Assert.InRange(probabilities[index], expected * (1 - (2 * Relative)), expected * (1 + (2 * Relative)));
            }
        }
    }

    [Theory]
    [InlineData(1, 8, 1)]
    [InlineData(5, 300, 7)]
    [InlineData(64, 96, 256)]
    [InlineData(130, 40, 1000)]
    [InlineData(20, 1100, 5003)]
    public void Losses_of_a_product_agree_with_double(int tokens, int inputs, int classes) => CheckProduct(tokens, inputs, classes, hasBias: false);

    [Theory]
    [InlineData(5, 300, 7)]
    [InlineData(64, 96, 256)]
    [InlineData(130, 40, 1000)]
    public void Losses_of_a_product_with_a_bias_agree_with_double(int tokens, int inputs, int classes) => CheckProduct(tokens, inputs, classes, hasBias: true);

    private static void CheckProduct(int tokens, int inputs, int classes, bool hasBias)
    {
        Random random = new(tokens);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs, gap: 3);
        GuardedMatrix w = GuardedMatrix.Random(random, classes, inputs, gap: 5, scale: 20 / Math.Sqrt(inputs));
        GuardedMatrix b = GuardedMatrix.Random(random, 1, classes, scale: 5);
        VectorView bias = hasBias ? b.Vector : default;
        int[] rows = [.. Enumerable.Range(0, tokens).Where(row => row % 3 != 1).Reverse()];
        int[] targets = [.. rows.Select(_ => random.Next(classes))];
        double[] expected = [.. rows.Select((row, index) => LossInDouble(x.View.Row(row), w.View, bias, targets[index]))];
        VectorWidthPools.ForEach(workers =>
        {
            float[] losses = new float[rows.Length];
            SoftmaxLoss.OfLinear(workers, x.View, rows, w.View, bias, targets, losses);

            // A logit has 1100 products of up to 20 / √1100 in blocks of 128; 96 exponentials and then 32 groups are summed in float.
            const double Tolerance = (128 + 9 + 96 + 32) * 20.0 / (1 << 24);
            for (int index = 0; index < rows.Length; index++)
                Assert.Equal(expected[index], losses[index], Tolerance);
        });
    }

    [Fact]
    public void A_loss_of_a_product_does_not_depend_on_the_other_rows()
    {
        Random random = new(1);
        GuardedMatrix x = GuardedMatrix.Random(random, 70, 40);
        GuardedMatrix w = GuardedMatrix.Random(random, 333, 40);
        int[] rows = [.. Enumerable.Range(0, 70)];
        VectorWidthPools.ForEach(workers =>
        {
            float[] together = new float[70];
            SoftmaxLoss.OfLinear(workers, x.View, rows, w.View, default, rows, together);

            // A single worker is handed all rows at once.
            using Workers one = new(1, workers.Width);
            float[] atOnce = new float[70];
            SoftmaxLoss.OfLinear(one, x.View, rows, w.View, default, rows, atOnce);
            Assert.Equal(together, atOnce);
            foreach (int row in (int[])[0, 33, 69])
            {
                float[] alone = new float[1];
                SoftmaxLoss.OfLinear(workers, x.View, [row], w.View, default, [row], alone);
                Assert.Equal(together[row], alone[0]);
            }
        });
    }

    [Fact]
    public void A_product_that_is_not_a_number_has_no_loss()
    {
        GuardedMatrix x = GuardedMatrix.Random(new Random(1), 2, 8);
        GuardedMatrix w = GuardedMatrix.Random(new Random(2), 50, 8);
        w.View.Row(40)[3] = float.NaN;
        float[] losses = new float[2];
        VectorWidthPools.ForEach(workers =>
        {
            SoftmaxLoss.OfLinear(workers, x.View, [0, 1], w.View, default, [3, 4], losses);
            Assert.All(losses, loss => Assert.Equal(float.NaN, loss));
        });
    }

    [Fact]
    public void Shapes_rows_and_classes_of_a_product_that_do_not_agree_are_refused()
    {
        using Workers workers = new(1);
        MatrixView x = new GuardedMatrix(4, 8).View, w = new GuardedMatrix(6, 8).View;
        float[] losses = new float[1];
        Assert.Throws<ArgumentException>(() => SoftmaxLoss.OfLinear(workers, new GuardedMatrix(4, 7).View, [0], w, default, [0], losses));
        Assert.Throws<ArgumentException>(() => SoftmaxLoss.OfLinear(workers, x, [0], w, new GuardedMatrix(1, 5).Vector, [0], losses));
        Assert.Throws<ArgumentException>(() => SoftmaxLoss.OfLinear(workers, x, [0, 1], w, default, [0, 1], losses));
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxLoss.OfLinear(workers, x, [4], w, default, [0], losses)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxLoss.OfLinear(workers, x, [0], w, default, [6], losses)).ParamName);
        SoftmaxLoss.OfLinear(workers, x, [], w, default, [], []);
    }

    private static double LossInDouble(ReadOnlySpan<float> x, MatrixView w, VectorView bias, int target)
    {
        double[] logits = new double[w.Rows];
        for (int row = 0; row < w.Rows; row++)
        {
            logits[row] = bias.Length > 0 ? bias.Span[row] : 0;
            for (int index = 0; index < x.Length; index++)
                logits[row] += (double)x[index] * w.Row(row)[index];
        }

        double largest = logits.Max();
        return Math.Log(logits.Sum(logit => Math.Exp(logit - largest))) + largest - logits[target];
    }

    [Fact]
    public void Logits_far_apart_neither_overflow_nor_give_not_a_number()
    {
        float[] logits = [1e4f, -1e4f, 0f];
        Assert.Equal(20_000, SoftmaxLoss.Loss(logits, 1));
        Assert.Equal(10_000, SoftmaxLoss.Softmax(logits, 2));
        Assert.Equal([1f, 0f, 0f], logits);
    }

    [Fact]
    public void A_class_that_does_not_exist_is_refused()
    {
        Assert.Equal("target", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxLoss.Loss(new float[3], 3)).ParamName);
        Assert.Equal("target", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxLoss.Softmax(new float[3], -1)).ParamName);
    }
}
