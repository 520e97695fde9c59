using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Tests.Cpu;

/// <summary>Products with weights of 16 bits are, bit for bit, those with the singles that they stand for.</summary>
public class NarrowProductTests
{
    public static TheoryData<int, int, int, WeightStorage> Shapes
    {
        get
        {
            TheoryData<int, int, int, WeightStorage> shapes = new();
            foreach (WeightStorage storage in new[] { WeightStorage.BFloat16, WeightStorage.Float16 })
            {
                foreach ((int tokens, int inputs, int outputs) in new[]
                {
                    (1, 1, 1), (1, 5, 3), (3, 7, 13), (5, 33, 12), (13, 255, 31), (32, 257, 36), (64, 128, 96), (65, 513, 65), (200, 19, 211), (257, 1100, 50), (300, 48, 197),
                })
                    shapes.Add(tokens, inputs, outputs, storage);
            }

            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Forward(int tokens, int inputs, int outputs, WeightStorage storage)
    {
        Random random = new(tokens + inputs + outputs);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs, gap: 3);
        GuardedMatrix bias = GuardedMatrix.Random(random, 1, outputs);
        GuardedMatrix residual = GuardedMatrix.Random(random, tokens, outputs);
        using NarrowMatrix w = new(GuardedMatrix.Random(random, outputs, inputs, scale: 0.1), storage, gap: 5);
        VectorWidthPools.ForEach(workers =>
        {
            AssertSame(tokens, outputs, (weights, y) => MatrixProduct.Linear(workers, x.View, weights, bias.Vector, y), w);
            AssertSame(tokens, outputs, (weights, y) => MatrixProduct.LinearAdd(workers, x.View, weights, default, residual.View, y), w);
        });
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Backward(int tokens, int inputs, int outputs, WeightStorage storage)
    {
        Random random = new(tokens + inputs + outputs);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, outputs, gap: 1);
        using NarrowMatrix w = new(GuardedMatrix.Random(random, outputs, inputs, scale: 0.1), storage, gap: 7);
        VectorWidthPools.ForEach(workers =>
            AssertSame(tokens, inputs, (weights, dx) => MatrixProduct.LinearBackward(workers, dy.View, weights, dx, accumulate: false), w));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Descent(int tokens, int inputs, int outputs, WeightStorage storage)
    {
        Random random = new(tokens + inputs + outputs);
        GuardedMatrix dy = GuardedMatrix.Random(random, tokens, outputs, gap: 1);
        GuardedMatrix x = GuardedMatrix.Random(random, tokens, inputs, gap: 2);
        using NarrowMatrix w = new(GuardedMatrix.Random(random, outputs, inputs, scale: 0.1), storage, gap: 3);
        VectorWidthPools.ForEach(workers =>
            AssertSame(outputs, inputs, (weights, updated) => MatrixProduct.LinearDescent(workers, dy.View, x.View, 1e-3f, weights, updated), w));
    }

    [Theory]
    [InlineData(WeightStorage.BFloat16)]
    [InlineData(WeightStorage.Float16)]
    public void Rows(WeightStorage storage)
    {
        Random random = new(3);
        foreach (int columns in new[] { 1, 7, 16, 255, 256, 257, 700 })
        {
            using NarrowMatrix w = new(GuardedMatrix.Random(random, 4, columns), storage, gap: 1);
            float[] start = GuardedMatrix.Random(random, 1, columns).ToArray();
            float[] expected = [.. start];
            float[] actual = [.. start];

            w.Rounded.View.ToWeightView().AddRow(2, -0.3f, expected);
            w.Weights.AddRow(2, -0.3f, actual);
            Assert.Equal(expected, actual);

            w.Weights.RowRange(1, 3).CopyRow(1, actual);
            Assert.Equal(w.Rounded.View.Row(2).ToArray(), actual);
        }
    }

    [Fact]
    public void Rows_and_matrices_that_are_not_there_are_refused()
    {
        using NativeBuffer buffer = new(10);
        WeightView weights = buffer.Weights(2, 0, 4, 4, WeightStorage.BFloat16);
        Assert.Equal((4, 4, 4, WeightStorage.BFloat16), (weights.Rows, weights.Columns, weights.Stride, weights.Storage));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Weights(2, 1, 4, 4, WeightStorage.BFloat16));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Weights(11, 0, 0, 0, WeightStorage.BFloat16));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Weights(0, 0, 1, 1, WeightStorage.SinglePrecision));
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.CopyRow(4, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.RowRange(3, 2));
        Assert.Contains("A row of 4 weights does not fit 5 floats.", Assert.Throws<ArgumentException>(() => weights.AddRow(0, 1, new float[5])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Weights stored as BFloat16 are only read", Assert.Throws<InvalidOperationException>(() => weights.AsMatrix()).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(int rows, int columns, Action<WeightView, MatrixView> product, NarrowMatrix weights)
    {
        GuardedMatrix expected = new(rows, columns);
        GuardedMatrix actual = new(rows, columns, gap: 3);
        product(weights.Rounded.View, expected.View);
        product(weights.Weights, actual.View);
        Assert.Equal(Bits(expected), Bits(actual));
        actual.AssertGuardsIntact();
    }

    private static int[] Bits(GuardedMatrix matrix) => [.. matrix.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
