using TinT.Runtime.Cpu;

namespace TinT.Runtime.Tests.Cpu;

public class CausalAttentionTests
{
    public static TheoryData<int, int, int, bool, int, int> Cases => new()
    {
        // tokens, heads, head size, masked, first row in range, rows in range
        { 1, 1, 1, false, 0, 1 },
        { 5, 3, 8, false, 1, 3 },
        { 13, 1, 12, true, 0, 13 },
        { 50, 3, 16, true, 7, 40 },
        { 97, 2, 64, false, 0, 48 },
        { 60, 2, 80, true, 30, 30 },
        { 49, 1, 100, false, 48, 1 },
        { 20, 1, 300, true, 3, 9 },
        { 300, 1, 20, false, 250, 50 },
        { 270, 1, 7, true, 0, 270 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_and_gradients_agree_with_plain_double_loops(int tokens, int heads, int headSize, bool masked, int firstRow, int rows)
    {
        Random random = new((tokens * 1000) + headSize);
        int width = heads * headSize;
        GuardedMatrix q = GuardedMatrix.Random(random, tokens, width, gap: 2 * width, scale: 2);
        GuardedMatrix k = GuardedMatrix.Random(random, tokens, width, gap: 3, scale: 2);
        GuardedMatrix v = GuardedMatrix.Random(random, tokens, width, gap: 1, leading: 1);
        GuardedMatrix gradient = GuardedMatrix.Random(random, rows, width, gap: 2);
        GuardedMatrix allowed = GuardedMatrix.Random(random, tokens, tokens, gap: 5);
        for (int row = 0; row < tokens; row++)
        {
            foreach (ref float element in allowed.View.Row(row))
                element = element > 0.3f ? 0 : 1;
        }

        // One row sees nothing at all.
        allowed.View.Row(tokens / 2).Clear();
        AttentionYardstick expected = new(q, k, v, gradient, heads, (row, key) => !masked || allowed[row, key] != 0, firstRow);
        AttentionMask mask = masked ? new AttentionMask(allowed.View) : AttentionMask.None;

        // A result is a sum of up to T products of weights, and of slopes with d-long sums: relative to the sum of the sizes.
        double outputError = expected.WeightError + ((tokens + 2.0) / (1 << 24));
        double slopeError = (2 * expected.WeightError) + ((tokens + (2.0 * headSize) + 8) / (1 << 24));

        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix output = new(tokens, width, gap: 4);
            CausalAttention.Forward(workers, q.View, k.View, v.View, output.View, new AttentionForm(heads), mask);
            AssertNear(output, outputError, expected.Output);

            GuardedMatrix toValues = new(rows, width, gap: 6, leading: 2);
            CausalAttention.BackwardValues(workers, q.View, k.View, gradient.View, toValues.View, new AttentionForm(heads), mask, firstRow, rows);
            AssertNear(toValues, outputError, expected.ToValues);

            float[] alone = toValues.ToArray();
            GuardedMatrix toQueries = new(rows, width, gap: 1);
            GuardedMatrix toKeys = new(rows, width, gap: 3);
            CausalAttention.BackwardExact(
                workers, q.View, k.View, v.View, gradient.View, toQueries.View, toKeys.View, toValues.View, new AttentionForm(heads), mask, firstRow, rows);
            Assert.Equal(alone, toValues.ToArray());
            AssertNear(toQueries, slopeError, expected.ToQueries);
            AssertNear(toKeys, slopeError, expected.ToKeys);
            foreach (GuardedMatrix written in new[] { output, toValues, toQueries, toKeys })
                written.AssertGuardsIntact();
        });
    }

    [Fact]
    public void Scores_far_apart_give_weights_of_one_and_zero()
    {
        GuardedMatrix q = new(2, 1);
        GuardedMatrix k = new(2, 1);
        GuardedMatrix v = new(2, 1);
        GuardedMatrix output = new(2, 1);
        (q.View.Row(0)[0], q.View.Row(1)[0]) = (1e18f, 1e18f);
        (k.View.Row(0)[0], k.View.Row(1)[0]) = (-1e18f, 1e18f);
        (v.View.Row(0)[0], v.View.Row(1)[0]) = (3, 5);
        VectorWidthPools.ForEach(workers =>
        {
            CausalAttention.Forward(workers, q.View, k.View, v.View, output.View, new AttentionForm(1), AttentionMask.None);
            Assert.Equal([3f, 5f], output.ToArray());
        });
    }

    [Fact]
    public void Heads_must_divide_the_width()
    {
        using Workers workers = new(1);
        MatrixView matrix = new GuardedMatrix(2, 10).View;
        ArgumentOutOfRangeException wrong = Assert.Throws<ArgumentOutOfRangeException>(
            () => CausalAttention.Forward(workers, matrix, matrix, matrix, matrix, new AttentionForm(3), AttentionMask.None));
        Assert.Equal("form", wrong.ParamName);
    }

    /// <summary>Heads that share keys and values compute what heads with copies of them do, and their gradients are sums of those.</summary>
    [Theory]
    [InlineData(4, 2)]
    [InlineData(6, 1)]
    public void Grouped_heads_are_heads_with_the_same_keys_and_values(int heads, int groups)
    {
        const int Tokens = 37, HeadSize = 12, FirstRow = 5, Rows = 29;
        Random random = new(heads);
        int size = heads / groups;
        GuardedMatrix q = GuardedMatrix.Random(random, Tokens, heads * HeadSize);
        GuardedMatrix k = GuardedMatrix.Random(random, Tokens, groups * HeadSize, gap: 2);
        GuardedMatrix v = GuardedMatrix.Random(random, Tokens, groups * HeadSize);
        GuardedMatrix gradient = GuardedMatrix.Random(random, Rows, heads * HeadSize);
        AttentionForm grouped = new(heads) { KeyValueHeads = groups };
        GuardedMatrix Repeated(GuardedMatrix source)
        {
            GuardedMatrix copies = new(Tokens, heads * HeadSize);
            for (int row = 0; row < Tokens; row++)
            {
                for (int head = 0; head < heads; head++)
                    source.View.Row(row).Slice(head / size * HeadSize, HeadSize).CopyTo(copies.View.Row(row).Slice(head * HeadSize, HeadSize));
            }

            return copies;
        }

        GuardedMatrix manyKeys = Repeated(k);
        GuardedMatrix manyValues = Repeated(v);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix output = new(Tokens, heads * HeadSize);
            GuardedMatrix expected = new(Tokens, heads * HeadSize);
            CausalAttention.Forward(workers, q.View, k.View, v.View, output.View, grouped, AttentionMask.None);
            CausalAttention.Forward(workers, q.View, manyKeys.View, manyValues.View, expected.View, new AttentionForm(heads), AttentionMask.None);
            Assert.Equal(expected.ToArray(), output.ToArray());

            GuardedMatrix[] to = [new(Rows, heads * HeadSize), new(Rows, groups * HeadSize), new(Rows, groups * HeadSize)];
            GuardedMatrix[] many = [new(Rows, heads * HeadSize), new(Rows, heads * HeadSize), new(Rows, heads * HeadSize)];
            CausalAttention.BackwardExact(workers, q.View, k.View, v.View, gradient.View, to[0].View, to[1].View, to[2].View, grouped, AttentionMask.None, FirstRow, Rows);
            CausalAttention.BackwardExact(
                workers, q.View, manyKeys.View, manyValues.View, gradient.View, many[0].View, many[1].View, many[2].View, new AttentionForm(heads), AttentionMask.None, FirstRow, Rows);
            GuardedMatrix alone = new(Rows, groups * HeadSize);
            CausalAttention.BackwardValues(workers, q.View, k.View, gradient.View, alone.View, grouped, AttentionMask.None, FirstRow, Rows);
            Assert.Equal(many[0].ToArray(), to[0].ToArray());
            Assert.Equal(to[2].ToArray(), alone.ToArray());
            foreach (int which in (int[])[1, 2])
            {
                float[] sums = new float[groups * HeadSize];
                for (int row = 0; row < Rows; row++)
                {
                    HeadGroups.Sum(many[which].View.Row(row), HeadSize, sums);
                    Assert.Equal(sums, to[which].View.Row(row).ToArray());
                }
            }
        });
    }

    [Fact]
    public void A_window_is_a_mask_and_slopes_need_no_positions_that_are_places()
    {
        const int Tokens = 300, Width = 24, Window = 70;
        Random random = new(7);
        GuardedMatrix q = GuardedMatrix.Random(random, Tokens, Width);
        GuardedMatrix k = GuardedMatrix.Random(random, Tokens, Width);
        GuardedMatrix v = GuardedMatrix.Random(random, Tokens, Width);
        GuardedMatrix allowed = new(Tokens, Tokens);
        for (int row = 0; row < Tokens; row++)
        {
            for (int key = 0; key < Tokens; key++)
                allowed.View.Row(row)[key] = row - key < Window ? 1 : 0;
        }

        AttentionForm form = new(2) { Slopes = [0.25f, 0.03125f], Scale = 0.5f };
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix windowed = new(Tokens, Width);
            GuardedMatrix masked = new(Tokens, Width);
            CausalAttention.Forward(workers, q.View, k.View, v.View, windowed.View, form with { Window = Window }, AttentionMask.None);
            CausalAttention.Forward(
                workers, q.View, k.View, v.View, masked.View, form, new AttentionMask(allowed.View) { Positions = Enumerable.Range(1000, Tokens).ToArray() });
            Assert.Equal(masked.ToArray(), windowed.ToArray());
        });
    }

    /// <summary>Scores fall by the slope for each position between: with keys of zero the weights are those of a geometric series.</summary>
    [Fact]
    public void Slopes_make_weights_fall_with_the_distance()
    {
        GuardedMatrix zero = new(3, 2);
        GuardedMatrix v = new(3, 2);
        for (int row = 0; row < 3; row++)
            v.View.Row(row)[0] = row == 0 ? 1 : 0;
        double slope = Math.Log(2);
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix output = new(3, 2);
            CausalAttention.Forward(workers, zero.View, zero.View, v.View, output.View, new AttentionForm(1) { Slopes = [(float)slope] }, AttentionMask.None);
            Assert.Equal(1.0, output[0, 0], 1e-6);
            Assert.Equal(1.0 / 3, output[1, 0], 1e-6);
            Assert.Equal(1.0 / 7, output[2, 0], 1e-6);
        });
    }

    private static void AssertNear(GuardedMatrix actual, double relative, Func<int, int, (double Value, double Size)> expected)
    {
        for (int row = 0; row < actual.View.Rows; row++)
        {
            for (int column = 0; column < actual.View.Columns; column++)
            {
                (double value, double size) = expected(row, column);
                if (!(Math.Abs(actual[row, column] - value) <= relative * size))
                    Assert.Fail($"[{row}, {column}] is {actual[row, column]:R}, expected {value:R} within {relative * size:R}.");
            }
        }
    }
}
