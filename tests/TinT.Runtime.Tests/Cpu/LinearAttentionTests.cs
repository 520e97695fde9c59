using TinT.Runtime.Cpu;
using static TinT.Runtime.Tests.Cpu.ProductYardstick;

namespace TinT.Runtime.Tests.Cpu;

public class LinearAttentionTests
{
    [Theory]
    [MemberData(nameof(MatrixProductTests.Shapes), MemberType = typeof(MatrixProductTests))]
    public void Linear_attention_is_what_a_descent_changes(int tokens, int inputs, int outputs)
    {
        const float Scale = 0.03f;
        const float Offset = 4;
        int trained = (tokens * 2) + 1;
        Random random = new(tokens + (1000 * inputs) + outputs);
        GuardedMatrix queries = GuardedMatrix.Random(random, tokens, inputs, gap: 3, leading: 1);
        GuardedMatrix keys = GuardedMatrix.Random(random, trained, inputs, gap: 5, leading: 2);
        GuardedMatrix values = GuardedMatrix.Random(random, trained, outputs, gap: 1);
        GuardedMatrix before = GuardedMatrix.Random(random, tokens, outputs);
        (double Value, double Error)[,] scores = Expect(tokens, trained, inputs, (t, r) => (Offset, Offset), (t, i) => queries[t, i], (i, r) => keys[r, i]);
        (double Value, double Error)[,] expected = Expect(
            tokens, outputs, trained, (t, o) => (before[t, o], Math.Abs(before[t, o])), (t, r) => -Scale * scores[t, r].Value, (r, o) => values[r, o]);
        for (int t = 0; t < tokens; t++)
        {
            // The rounding of the scores goes through the second product; an addition and two factors round once more each.
            double carried = Enumerable.Range(0, trained).Max(r => scores[t, r].Error + (3 * Rounding * Math.Abs(scores[t, r].Value))) * Scale;
            for (int o = 0; o < outputs; o++)
                expected[t, o].Error += carried * Enumerable.Range(0, trained).Sum(r => Math.Abs(values[r, o]));
        }

        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix result = new(tokens, outputs, gap: 7, leading: 3);
            before.View.CopyTo(result.View);
            MatrixProduct.LinearAttention(workers, queries.View, keys.View, values.View, Scale, Offset, result.View);
            AssertNear(result, expected);
            result.AssertGuardsIntact();
        });
    }

    [Fact]
    public void Elements_of_a_product_do_not_depend_on_the_rows_computed_with_them()
    {
        // 600 rows are cut among workers and go through the panels of the weights in blocks, 7 rows are not and do not.
        Random random = new(8);
        GuardedMatrix dy = GuardedMatrix.Random(random, 600, 9000);
        GuardedMatrix w = GuardedMatrix.Random(random, 9000, 20);
        GuardedMatrix keys = GuardedMatrix.Random(random, 40, 9000);
        GuardedMatrix values = GuardedMatrix.Random(random, 40, 20);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix all = new(600, 20);
            GuardedMatrix few = new(7, 20);
            MatrixProduct.LinearBackward(workers, dy.View, w.View, all.View, accumulate: false);
            MatrixProduct.LinearBackward(workers, dy.View.RowRange(500, 7), w.View, few.View, accumulate: false);
            Assert.Equal(all.ToArray()[(500 * 20)..(507 * 20)], few.ToArray());

            MatrixProduct.LinearAttention(workers, dy.View, keys.View, values.View, 1, 1, all.View);
            MatrixProduct.LinearAttention(workers, dy.View.RowRange(500, 7), keys.View, values.View, 1, 1, few.View);
            Assert.Equal(all.ToArray()[(500 * 20)..(507 * 20)], few.ToArray());
        });
    }
}
