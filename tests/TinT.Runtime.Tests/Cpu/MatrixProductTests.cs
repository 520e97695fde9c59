using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Tests.Cpu;

public class MatrixProductTests
{
    // Half a unit in the last place of 1.
    private const double Rounding = 1.0 / (1 << 24);

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> shapes = new();
            foreach ((int tokens, int inputs, int outputs) in new[]
            {
                (1, 1, 1), (1, 5, 3), (2, 16, 16), (3, 7, 13), (5, 33, 12), (8, 32, 48), (12, 64, 24), (13, 255, 31), (31, 256, 33), (32, 257, 36),
                (33, 100, 100), (48, 300, 47), (64, 128, 96), (65, 513, 65), (100, 80, 129), (128, 128, 128), (200, 19, 211), (257, 530, 50), (300, 48, 97),
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
        ForEachWidth(workers =>
        {
            GuardedMatrix y = new(tokens, outputs, gap: 7, leading: 3);
            MatrixProduct.Linear(workers, x.View, w.View, bias.Vector, y.View);
            AssertNear(y, inputs, (t, o) => (bias[0, o], Math.Abs(bias[0, o])), (t, o, i) => (double)x[t, i] * w[o, i]);

            MatrixProduct.Linear(workers, x.View, w.View, default, y.View);
            AssertNear(y, inputs, (t, o) => (0, 0), (t, o, i) => (double)x[t, i] * w[o, i]);

            MatrixProduct.LinearAdd(workers, x.View, w.View, bias.Vector, residual.View, y.View);
            AssertNear(
                y, inputs, (t, o) => ((double)bias[0, o] + residual[t, o], Math.Abs(bias[0, o]) + Math.Abs(residual[t, o])), (t, o, i) => (double)x[t, i] * w[o, i]);

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
        ForEachWidth(workers =>
        {
            GuardedMatrix dx = new(tokens, inputs, gap: 4, leading: 1);
            MatrixProduct.LinearBackward(workers, dy.View, w.View, dx.View, accumulate: false);
            AssertNear(dx, outputs, (t, i) => (0, 0), (t, i, o) => (double)dy[t, o] * w[o, i]);

            before.View.CopyTo(dx.View);
            MatrixProduct.LinearBackward(workers, dy.View, w.View, dx.View, accumulate: true);
            AssertNear(dx, outputs, (t, i) => (before[t, i], Math.Abs(before[t, i])), (t, i, o) => (double)dy[t, o] * w[o, i]);
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
        ForEachWidth(workers =>
        {
            GuardedMatrix destination = new(outputs, inputs, gap: 5, leading: 1);
            MatrixProduct.LinearDescent(workers, dy.View, x.View, Scale, source.View, destination.View);
            AssertNear(destination, tokens, (o, i) => (source[o, i], Math.Abs(source[o, i])), (o, i, t) => -Scale * (double)dy[t, o] * x[t, i]);

            float[] separate = destination.ToArray();
            source.View.CopyTo(destination.View);
            MatrixProduct.LinearDescent(workers, dy.View, x.View, Scale, destination.View, destination.View);
            Assert.Equal(separate, destination.ToArray());
            destination.AssertGuardsIntact();
        });
    }

    private static void ForEachWidth(Action<Workers> test)
    {
        foreach (VectorWidth width in Enum.GetValues<VectorWidth>().Where(width => width <= VectorWidths.Widest))
        {
            using Workers workers = new(2, width);
            test(workers);
        }
    }

    /// <summary>
    /// The bound of MatrixProduct: chains of 256 fused multiply-adds, one addition per chain, and a few roundings for bias, residual, scale and
    /// the result, each at most half a unit in the last place of a partial sum, which Σ|a||b| + |addends| bounds.
    /// </summary>
    private static void AssertNear(
        GuardedMatrix actual, int depth, Func<int, int, (double Value, double Size)> addend, Func<int, int, int, double> product)
    {
        double factor = (Math.Min(depth, 256) + (depth / 256) + 4) * Rounding;
        for (int row = 0; row < actual.View.Rows; row++)
        {
            for (int column = 0; column < actual.View.Columns; column++)
            {
                (double sum, double size) = addend(row, column);
                for (int index = 0; index < depth; index++)
                {
                    double term = product(row, column, index);
                    sum += term;
                    size += Math.Abs(term);
                }

                Assert.True(
                    Math.Abs(actual[row, column] - sum) <= factor * size, $"[{row}, {column}] is {actual[row, column]:R}, expected {sum:R} within {factor * size:R}.");
            }
        }
    }
}
