using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;
using static TinT.Runtime.Tests.Cpu.ProductYardstick;

namespace TinT.Runtime.Tests.Cpu;

public class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> shapes = new();
            foreach ((int tokens, int inputs, int outputs) in new[]
            {
                (1, 1, 1), (1, 5, 3), (2, 16, 16), (3, 7, 13), (5, 33, 12), (8, 32, 48), (12, 64, 24), (13, 255, 31), (31, 256, 33), (32, 257, 36),
                (33, 100, 100), (48, 300, 47), (64, 128, 96), (65, 513, 65), (100, 80, 129), (128, 128, 128), (200, 19, 211), (257, 530, 50), (300, 48, 97), (150, 1100, 200),
            })
                shapes.Add(tokens, inputs, outputs);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Linear_agrees_with_plain_double_loops(int tokens, int inputs, int outputs)
    {
        Random random = new(tokens + (1000 * inputs) + outputs);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs, gap: 3, leading: 1);
        GuardedMatrix w = GuardedMatrix.Random(random, outputs, inputs, gap: 5, leading: 2);
        GuardedMatrix bias = GuardedMatrix.Random(random, 1, outputs);
        GuardedMatrix residual = GuardedMatrix.Random(random, tokens, outputs, gap: 2);
        (double, double)[,] plain = Expect(tokens, outputs, inputs, (t, o) => (0, 0), (t, i) => x[t, i], (i, o) => w[o, i]);
        (double, double)[,] biased = Expect(tokens, outputs, inputs, (t, o) => (bias[0, o], Math.Abs(bias[0, o])), (t, i) => x[t, i], (i, o) => w[o, i]);
        (double, double)[,] added = Expect(
            tokens,
            outputs,
            inputs,
            (t, o) => ((double)bias[0, o] + residual[t, o], Math.Abs(bias[0, o]) + Math.Abs(residual[t, o])),
            (t, i) => x[t, i],
            (i, o) => w[o, i]);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix y = new(tokens, outputs, gap: 7, leading: 3);
            MatrixProduct.Linear(workers, x.View, w.View, bias.Vector, y.View);
            AssertNear(y, biased);

            MatrixProduct.Linear(workers, x.View, w.View, default, y.View);
            AssertNear(y, plain);

            MatrixProduct.LinearAdd(workers, x.View, w.View, bias.Vector, residual.View, y.View);
            AssertNear(y, added);

            float[] separate = y.ToArray();
            residual.View.CopyTo(y.View);
            MatrixProduct.LinearAdd(workers, x.View, w.View, bias.Vector, y.View, y.View);
            Assert.Equal(separate, y.ToArray());
            y.AssertGuardsIntact();
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Linear_backward_agrees_with_plain_double_loops(int tokens, int inputs, int outputs)
    {
        Random random = new(tokens + (1000 * inputs) + outputs);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, outputs, gap: 1, leading: 5);
        GuardedMatrix w = GuardedMatrix.Random(random, outputs, inputs, gap: 6);
        GuardedMatrix before = GuardedMatrix.Random(random, tokens, inputs);
        (double, double)[,] plain = Expect(tokens, inputs, outputs, (t, i) => (0, 0), (t, o) => dy[t, o], (o, i) => w[o, i]);
        (double, double)[,] added = Expect(tokens, inputs, outputs, (t, i) => (before[t, i], Math.Abs(before[t, i])), (t, o) => dy[t, o], (o, i) => w[o, i]);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix dx = new(tokens, inputs, gap: 4, leading: 1);
            MatrixProduct.LinearBackward(workers, dy.View, w.View, dx.View, accumulate: false);
            AssertNear(dx, plain);

            before.View.CopyTo(dx.View);
            MatrixProduct.LinearBackward(workers, dy.View, w.View, dx.View, accumulate: true);
            AssertNear(dx, added);
            dx.AssertGuardsIntact();
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Linear_descent_agrees_with_plain_double_loops(int tokens, int inputs, int outputs)
    {
        const float Scale = 0.375f;
        Random random = new(tokens + (1000 * inputs) + outputs);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, outputs, gap: 2, leading: 3);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs, gap: 1);
        GuardedMatrix source = GuardedMatrix.Random(random, outputs, inputs, gap: 9, leading: 7);
        (double, double)[,] expected = Expect(
            outputs, inputs, tokens, (o, i) => (source[o, i], Math.Abs(source[o, i])), (o, t) => -Scale * (double)dy[t, o], (t, i) => x[t, i]);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix destination = new(outputs, inputs, gap: 5, leading: 1);
            MatrixProduct.LinearDescent(workers, dy.View, x.View, Scale, source.View, destination.View);
            AssertNear(destination, expected);

            float[] separate = destination.ToArray();
            source.View.CopyTo(destination.View);
            MatrixProduct.LinearDescent(workers, dy.View, x.View, Scale, destination.View, destination.View);
            Assert.Equal(separate, destination.ToArray());
            destination.AssertGuardsIntact();
        });
    }

    [Theory]
    [InlineData(130, 150, 1100)]
    [InlineData(260, 16, 2100)]
    [InlineData(20, 150, 6200)]
    public void A_descent_of_more_features_than_a_unit_is_complete(int tokens, int inputs, int outputs)
    {
        // A unit has 1,020 output features at most, and 128 columns, or all of them where few rows meet many weights.
        const float Scale = 0.3f;
        Random random = new(11);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, outputs, gap: 1);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs);
        GuardedMatrix source = GuardedMatrix.Random(random, outputs, inputs);
        (double, double)[,] expected = Expect(
            outputs, inputs, tokens, (o, i) => (source[o, i], Math.Abs(source[o, i])), (o, t) => -Scale * dy[t, o], (t, i) => x[t, i]);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix destination = new(outputs, inputs, gap: 3);
            MatrixProduct.LinearDescent(workers, dy.View, x.View, Scale, source.View, destination.View);
            AssertNear(destination, expected);
            destination.AssertGuardsIntact();
        });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(2, 600)]
    [InlineData(255, 300)]
    [InlineData(1000, 513)]
    public void Bias_descent_is_the_rounded_exact_result(int tokens, int outputs)
    {
        const float Scale = 0.01f;
        Random random = new(tokens);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, outputs, gap: 3, leading: 1, scale: 100);
        GuardedMatrix source = GuardedMatrix.Random(random, 1, outputs);
        GuardedMatrix destination = new(1, outputs, leading: 5);
        VectorWidthPools.ForEach(workers =>
        {
            MatrixProduct.BiasDescent(workers, dy.View, Scale, source.Vector, destination.Vector);
            for (int column = 0; column < outputs; column++)
            {
                double sum = 0;
                for (int token = 0; token < tokens; token++)
                    sum += dy[token, column];
                Assert.Equal((float)(source[0, column] - (Scale * sum)), destination[0, column]);
            }

            destination.AssertGuardsIntact();
        });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(2, 600)]
    [InlineData(255, 300)]
    [InlineData(1000, 513)]
    public void Gain_descent_is_the_rounded_exact_result(int tokens, int columns)
    {
        const float Scale = 0.01f;
        Random random = new(tokens);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, columns, gap: 3, leading: 1, scale: 100);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, columns, gap: 5, leading: 2);
        GuardedMatrix source = GuardedMatrix.Random(random, 1, columns);
        GuardedMatrix destination = new(1, columns, leading: 5);
        VectorWidthPools.ForEach(workers =>
        {
            MatrixProduct.GainDescent(workers, dy.View, x.View, Scale, source.Vector, destination.Vector);
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                for (int token = 0; token < tokens; token++)
                    sum += (double)dy[token, column] * x[token, column];
                Assert.Equal((float)(source[0, column] - (Scale * sum)), destination[0, column]);
            }

            destination.AssertGuardsIntact();
        });
    }

    [Theory]
    [InlineData(300, 20, 0)]
    [InlineData(299, 32, 0)]
    [InlineData(260, 70, 216)]
    public void An_input_gradient_of_many_rows_and_a_long_sum_is_complete(int tokens, int inputs, int gap)
    {
        // More rows than go through the panels of W together, also where rows are a multiple of 4 KiB apart (9,000 + 216 floats), for which that is fewer rows;
        // 300 rows of 9,000 are more than the 2 Mi floats of a pass, of which there are several where columns are whole vectors.
        const int Outputs = 9000;
        Random random = new(5);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, Outputs, gap);
        GuardedMatrix w = GuardedMatrix.Random(random, Outputs, inputs);
        (double, double)[,] expected = Expect(tokens, inputs, Outputs, (t, i) => (0, 0), (t, o) => dy[t, o], (o, i) => w[o, i]);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix dx = new(tokens, inputs, gap: 3);
            MatrixProduct.LinearBackward(workers, dy.View, w.View, dx.View, accumulate: false);
            AssertNear(dx, expected);
            dx.AssertGuardsIntact();
        });
    }

    [Fact]
    public void Rows_of_an_input_gradient_have_the_same_bits_whatever_tiles_they_fall_into()
    {
        // The last rows take tiles of 4, 2 and 1: 299 = 49 · 6 + 4 + 1, 259 = 43 · 6 + 1.
        Random random = new(8);
        GuardedMatrix dy = GuardedMatrix.Random(random, 300, 1000, gap: 5);
        GuardedMatrix w = GuardedMatrix.Random(random, 1000, 80);
        VectorWidthPools.ForEach(workers =>
        {
            float[] all = Backward(300);
            foreach (int rows in new[] { 299, 298, 297, 296, 295, 259, 6, 5, 4, 3, 2, 1 })
                Assert.Equal(all[..(rows * 80)], Backward(rows));

            float[] Backward(int rows)
            {
                GuardedMatrix dx = new(rows, 80, gap: 2);
                MatrixProduct.LinearBackward(workers, dy.View.RowRange(0, rows), w.View, dx.View, accumulate: false);
                dx.AssertGuardsIntact();
                return dx.ToArray();
            }
        });
    }

    [Fact]
    public void A_product_over_no_elements_is_zero_and_a_step_over_no_tokens_changes_nothing()
    {
        Random random = new(6);
        GuardedMatrix empty = new(5, 0);
        GuardedMatrix noRows = new(0, 7);
        GuardedMatrix noInputs = new(0, 4);
        GuardedMatrix weights = GuardedMatrix.Random(random, 7, 4);
        GuardedMatrix inputs = GuardedMatrix.Random(random, 5, 4);
        GuardedMatrix outputs = GuardedMatrix.Random(random, 5, 7);
        VectorWidthPools.ForEach(workers =>
        {
            // Working memory is not empty: earlier products leave their sums in it.
            MatrixProduct.Linear(workers, inputs.View, weights.View, default, new GuardedMatrix(5, 7).View);
            MatrixProduct.LinearBackward(workers, outputs.View, weights.View, new GuardedMatrix(5, 4).View, accumulate: false);
            MatrixProduct.LinearDescent(workers, outputs.View, inputs.View, 1f, weights.View, new GuardedMatrix(7, 4).View);

            GuardedMatrix y = GuardedMatrix.Random(random, 5, 3);
            MatrixProduct.Linear(workers, empty.View, new GuardedMatrix(3, 0).View, default, y.View);
            Assert.All(y.ToArray(), element => Assert.Equal(0f, element));

            GuardedMatrix dx = GuardedMatrix.Random(random, 5, 3);
            MatrixProduct.LinearBackward(workers, empty.View, new GuardedMatrix(0, 3).View, dx.View, accumulate: false);
            Assert.All(dx.ToArray(), element => Assert.Equal(0f, element));

            GuardedMatrix updated = new(7, 4);
            MatrixProduct.LinearDescent(workers, noRows.View, noInputs.View, 1f, weights.View, updated.View);
            Assert.Equal(weights.ToArray(), updated.ToArray());
        });
    }

    [Theory]
    [InlineData(0, 5, 7)]
    [InlineData(3, 0, 7)]
    [InlineData(3, 5, 0)]
    [InlineData(0, 0, 0)]
    public void Operands_without_rows_or_columns_write_nothing_outside_of_what_is_left(int tokens, int inputs, int outputs)
    {
        Random random = new(3);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, outputs);
        GuardedMatrix w = GuardedMatrix.Random(random, outputs, inputs);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix y = new(tokens, outputs);
            GuardedMatrix dx = new(tokens, inputs);
            GuardedMatrix updated = new(outputs, inputs);
            MatrixProduct.Linear(workers, x.View, w.View, default, y.View);
            MatrixProduct.LinearBackward(workers, dy.View, w.View, dx.View, accumulate: false);
            MatrixProduct.LinearDescent(workers, dy.View, x.View, 0.5f, w.View, updated.View);

            Assert.All(y.ToArray(), element => Assert.Equal(0f, element));
            Assert.All(dx.ToArray(), element => Assert.Equal(0f, element));
            Assert.Equal(w.ToArray(), updated.ToArray());
            MatrixProduct.LinearAttention(workers, x.View, new GuardedMatrix(0, inputs).View, new GuardedMatrix(0, outputs).View, 0.5f, 0.5f, y.View);
            Assert.All(y.ToArray(), element => Assert.Equal(0f, element));
            y.AssertGuardsIntact();
            dx.AssertGuardsIntact();
            updated.AssertGuardsIntact();
        });
    }

    [Fact]
    public void Shapes_that_do_not_agree_are_named()
    {
        using Workers workers = new(1);
        GuardedMatrix x = new(3, 4);
        GuardedMatrix w = new(5, 4);
        GuardedMatrix y = new(3, 6);
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => MatrixProduct.Linear(workers, x.View, w.View, default, y.View));
        Assert.Contains("Linear: y has shape [3, 6], but the other operands need [3, 5].", wrong.Message, StringComparison.Ordinal);
        GuardedMatrix bias = new(1, 4);
        GuardedMatrix right = new(3, 5);
        wrong = Assert.Throws<ArgumentException>(() => MatrixProduct.Linear(workers, x.View, w.View, bias.Vector, right.View));
        Assert.Contains("bias has shape [4]", wrong.Message, StringComparison.Ordinal);
    }
}
