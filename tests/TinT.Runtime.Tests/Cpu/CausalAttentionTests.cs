using TinT.Model;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

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

    public static TheoryData<int, int, int, int, double, bool, int, bool> Forms => new()
    {
        // tokens, heads, heads of keys, head size, scale or 0, slopes, window, positions that start again
        { 13, 4, 2, 8, 0, false, 0, false },
        { 50, 6, 1, 12, 0, false, 0, true },
        { 97, 6, 2, 64, 0, false, 0, false },
        { 60, 8, 4, 5, 0, true, 0, true },
        { 75, 3, 3, 16, 0, true, 0, false },
        { 75, 6, 6, 16, 0, true, 0, true },
        { 50, 3, 3, 16, 1, false, 5, false },
        { 130, 4, 2, 20, 0.3, true, 40, true },
        { 33, 2, 2, 8, 0, false, 1, false },
        { 33, 2, 1, 8, 0, false, 100, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_and_gradients_agree_with_plain_double_loops(int tokens, int heads, int headSize, bool masked, int firstRow, int rows) =>
        Check(tokens, new AttentionForm(heads), headSize, masked, positions: null, firstRow, rows);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Groups_slopes_windows_and_scales_agree_with_plain_double_loops(
        int tokens, int heads, int keyValueHeads, int headSize, double scale, bool falls, int window, bool startsAgain)
    {
        AttentionForm form = new(heads)
        {
            KeyValueHeads = keyValueHeads,
            Scale = scale > 0 ? (float)scale : null,
            Slopes = falls ? [.. AlibiSlopes.Of(heads).Select(slope => (float)slope)] : null,
            Window = window,
        };
        int[]? positions = startsAgain ? [.. Enumerable.Range(0, tokens).Select(token => token % 11)] : null;
        foreach (bool masked in new[] { false, true })
        {
            Check(tokens, form, headSize, masked, positions, 0, tokens);
            Check(tokens, form, headSize, masked, positions, tokens / 3, tokens / 2);
        }
    }

    [Theory]
    [InlineData(13, 4, 2, 8, 1.5f, 0)]
    [InlineData(75, 3, 3, 16, 4f, 9)]
    [InlineData(130, 2, 1, 20, 1.5f, 0)]
    public void Bounded_scores_agree_with_plain_double_loops(int tokens, int heads, int keyValueHeads, int headSize, float cap, int window)
    {
        AttentionForm form = new(heads) { KeyValueHeads = keyValueHeads, Cap = cap, Window = window };
        foreach (bool masked in new[] { false, true })
        {
            Check(tokens, form, headSize, masked, positions: null, 0, tokens);
            Check(tokens, form, headSize, masked, positions: null, tokens / 3, tokens / 2);
        }
    }

    private static void Check(int tokens, AttentionForm form, int headSize, bool masked, int[]? positions, int firstRow, int rows)
    {
        Random random = new((tokens * 1000) + headSize);
        int width = form.Heads * headSize;
        int shared = form.KeyValueHeads * headSize;
        GuardedMatrix q = GuardedMatrix.Random(random, tokens, width, gap: 2 * width, scale: 2);
        GuardedMatrix k = GuardedMatrix.Random(random, tokens, shared, gap: 3, scale: 2);
        GuardedMatrix v = GuardedMatrix.Random(random, tokens, shared, gap: 1, leading: 1);
        GuardedMatrix gradient = GuardedMatrix.Random(random, rows, width, gap: 2);
        GuardedMatrix allowed = GuardedMatrix.Random(random, tokens, tokens, gap: 5);
        for (int row = 0; row < tokens; row++)
        {
            foreach (ref float element in allowed.View.Row(row))
                element = element > 0.3f ? 0 : 1;
        }

        // One row sees nothing at all.
        allowed.View.Row(tokens / 2).Clear();
        AttentionYardstick expected = new(
            q, k, v, gradient, form, (row, key) => !masked || allowed[row, key] != 0, token => positions?[token] ?? token, firstRow);
        AttentionMask mask = masked ? new AttentionMask(allowed.View) { Positions = positions } : new AttentionMask { Positions = positions };

        // A result is a sum of up to T products of weights, and of slopes with d-long sums: relative to the sum of the sizes.
        double outputError = expected.WeightError + ((form.GroupSize * (tokens + 2.0)) / (1 << 24));
        double slopeError = (2 * expected.WeightError) + ((form.GroupSize * (tokens + (2.0 * headSize) + 8)) / (1 << 24));

        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix output = new(tokens, width, gap: 4);
            CausalAttention.Forward(workers, q.View, k.View, v.View, output.View, form, mask);
            AssertNear(output, outputError, expected.Output);

            GuardedMatrix toValues = new(rows, shared, gap: 6, leading: 2);
            CausalAttention.BackwardValues(workers, q.View, k.View, gradient.View, toValues.View, form, mask, firstRow, rows);
            AssertNear(toValues, outputError, expected.ToValues);

            float[] alone = toValues.ToArray();
            GuardedMatrix toQueries = new(rows, width, gap: 1);
            GuardedMatrix toKeys = new(rows, shared, gap: 3);
            CausalAttention.BackwardExact(
                workers, q.View, k.View, v.View, gradient.View, toQueries.View, toKeys.View, toValues.View, form, mask, firstRow, rows);
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
