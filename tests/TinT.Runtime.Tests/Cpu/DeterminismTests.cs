using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Tests.Cpu;

public class DeterminismTests
{
    [Theory]
    [InlineData(50, 96, 200, 4)]
    [InlineData(130, 300, 77, 3)]
    [InlineData(256, 128, 384, 4)]
    [InlineData(3, 40, 1000, 5)]
    [InlineData(150, 1100, 200, 4)]
    public void Results_are_the_same_bits_for_any_number_of_workers(int tokens, int inputs, int outputs, int heads)
    {
        float[] expected;
        using (Workers one = new(1))
            expected = Everything(one, tokens, inputs, outputs, heads);

        foreach (int threads in new[] { 1, 2, 3, 7, 64 })
        {
            using Workers workers = new(threads);
            for (int repeat = 0; repeat < 3; repeat++)
                Assert.True(expected.AsSpan().SequenceEqual(Everything(workers, tokens, inputs, outputs, heads)), $"{threads} workers gave other bits.");
        }
    }

    [Fact]
    public void Products_are_the_same_bits_with_every_vector_width()
    {
        List<float[]> results = [];
        VectorWidthPools.ForEach(workers => results.Add(Products(workers, 100, 300, 77)));
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        using Workers workers = new(2);
        Operands operands = new(64, 96, 128);
        float[] row = new float[1000];
        operands.RunProducts(workers);
        operands.RunAttention(workers, 4);
        RunRows(row);

        // What a call allocates, every round allocates. The runtime itself allocates once when a lock is first contended, in any round.
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int repeat = 0; repeat < 20; repeat++)
            {
                operands.RunProducts(workers);
                operands.RunAttention(workers, 4);
                RunRows(row);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static void RunRows(float[] row)
    {
        Elementwise.Forward<GeluTanh>(row, row);
        Elementwise.Difference<GeluTanh>(row, row, 1000f, row);
        Elementwise.Difference<Gelu>(row, row, 1000f, row);
        float inverse = RowNorm.Normalize<LayerNorm>(row, 1e-5f, row);
        RowNorm.TaylorDifference<LayerNorm>(row.AsSpan(0, 500), inverse, row.AsSpan(500), 1000f, row.AsSpan(500), accumulate: false);
        SoftmaxLoss.Softmax(row, 3);
    }

    private static float[] Everything(Workers workers, int tokens, int inputs, int outputs, int heads)
    {
        Operands operands = new(tokens, inputs, outputs);
        operands.RunProducts(workers);
        float[] products = operands.Results();
        operands.RunAttention(workers, inputs % heads == 0 ? heads : 1);
        return [.. products, .. operands.Results()];
    }

    private static float[] Products(Workers workers, int tokens, int inputs, int outputs)
    {
        Operands operands = new(tokens, inputs, outputs);
        operands.RunProducts(workers);
        return operands.Results();
    }

    private sealed class Operands
    {
        private readonly GuardedMatrix x;
        private readonly GuardedMatrix w;
        private readonly GuardedMatrix bias;
        private readonly GuardedMatrix y;
        private readonly GuardedMatrix dx;
        private readonly GuardedMatrix updated;
        private readonly GuardedMatrix newBias, newGain;
        private readonly GuardedMatrix q;
        private readonly GuardedMatrix k;
        private readonly int[] rows;
        private readonly int[] targets;
        private readonly float[] losses;

        public Operands(int tokens, int inputs, int outputs)
        {
            Random random = new(1);
            x = GuardedMatrix.Random(random, tokens, inputs);
            w = GuardedMatrix.Random(random, outputs, inputs);
            bias = GuardedMatrix.Random(random, 1, outputs);
            q = GuardedMatrix.Random(random, tokens, inputs);
            k = GuardedMatrix.Random(random, tokens, inputs);
            y = new(tokens, outputs);
            dx = new(tokens, inputs);
            updated = new(outputs, inputs);
            newBias = new(1, outputs);
            newGain = new(1, outputs);
            rows = [.. Enumerable.Range(0, tokens).Reverse()];
            targets = [.. rows.Select(row => 7 * row % outputs)];
            losses = new float[tokens];
        }

        public void RunProducts(Workers workers)
        {
            MatrixProduct.Linear(workers, x.View, w.View, bias.Vector, y.View);
            MatrixProduct.LinearAdd(workers, x.View, w.View, bias.Vector, y.View, y.View);
            MatrixProduct.LinearBackward(workers, y.View, w.View, dx.View, accumulate: false);
            MatrixProduct.LinearDescent(workers, y.View, x.View, 0.01f, w.View, updated.View);
            MatrixProduct.BiasDescent(workers, y.View, 0.01f, bias.Vector, newBias.Vector);
            MatrixProduct.GainDescent(workers, y.View, y.View, 0.01f, bias.Vector, newGain.Vector);
            SoftmaxLoss.OfLinear(workers, x.View, rows, w.View, default, targets, losses);
        }

        public void RunAttention(Workers workers, int heads)
        {
            int rows = x.View.Rows - 1;
            CausalAttention.Forward(workers, q.View, k.View, x.View, dx.View, new AttentionForm(heads), AttentionMask.None);
            CausalAttention.BackwardValues(
                workers, q.View, k.View, x.View.RowRange(1, rows), dx.View.RowRange(1, rows), new AttentionForm(heads), AttentionMask.None, 1, rows);
        }

        public float[] Results() => [.. y.ToArray(), .. dx.ToArray(), .. updated.ToArray(), .. newBias.ToArray(), .. newGain.ToArray(), .. losses];
    }
}
