using TinT.Runtime.Execution;
using TinT.Runtime.Parameters;

namespace TinT.Runtime.Tests.Execution;

/// <summary>Places of working memory, in floats per token.</summary>
public sealed class ArenaPlanTests
{
    private static readonly ArenaPlan Plan = new(
        TransientColumns: 100, MemoryColumns: 7, KeptGradientColumns: 11, KeptInputColumns: 13, TrainedLayers: 3, HeadRows: 16, HeadColumns: 101, DualTokens: 20);

    private static readonly ParameterTable Parameters = new(
        Layers: 4, TrainedLayers: 3, ModelLength: 1000, ModelMatrices: 900, BlockLength: 50, BlockMatrices: 40, TrainedBlockLength: 30, TrainedBlockMatrices: 20, TrainedModelLength: 5,
        TrainedModelMatrices: 0, SequenceBlockLength: 6, SequenceModelLength: 2, Bindings: []);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public void Every_layer_and_step_keeps_its_values_in_a_place_of_its_own_and_the_places_fill_the_arena(bool dual, int steps)
    {
        ArenaForm form = new(dual, steps);
        SortedSet<(long Start, long End)> places = [(0, 100)];
        for (int depth = 0; depth < 3; depth++)
        {
            Add(Plan.MemoryColumn(form, 0, depth), 7);
            for (int step = 0; step < steps; step++)
            {
                // In the primal form gradients are used up where they are made, and inputs by the end of the step.
                Add(Plan.KeptGradientColumn(form, step, depth), 11);
                Add(Plan.KeptInputColumn(form, step, depth), 13);
            }

            // Behind the last step nothing is kept: one place does for all layers.
            Add(Plan.KeptInputColumn(form, steps, depth), 13);
        }

        Assert.Single(Enumerable.Range(0, 3).Select(depth => Plan.KeptInputColumn(form, steps, depth)).Distinct());
        Assert.Equal(1 + 3 + (dual ? (3 * steps) + (3 * steps) + 1 : 1 + 3), places.Count);
        long end = 0;
        foreach ((long start, long next) in places)
        {
            Assert.Equal(end, start);
            end = next;
        }

        Assert.Equal(end, Plan.ColumnsPerToken(form));

        void Add(long start, long columns) => places.Add((start, start + columns));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void Columns_make_room_for_whole_cache_lines_and_the_head_lies_behind_them(int tokens, int rounded)
    {
        Assert.Equal(rounded, ArenaPlan.RoundUp(tokens));
        Assert.Equal((Plan.ColumnsPerToken(new ArenaForm(Dual: true, Steps: 2)) * rounded) + (16 * 101), Plan.Length(tokens, new ArenaForm(Dual: true, Steps: 2)));
    }

    [Fact]
    public void Sequences_need_their_columns_and_copies_and_all_of_them_the_head_and_updated_weights()
    {
        WorkingFloats primal = Plan.WorkingFloats(new ArenaForm(Dual: false, Steps: 2), Parameters);
        WorkingFloats dual = Plan.WorkingFloats(new ArenaForm(Dual: true, Steps: 2), Parameters);

        Assert.Equal(new WorkingFloats(100 + 21 + 11 + 39, (3 * 6) + 2, (16 * 101) + (3 * 30) + 5), primal);
        Assert.Equal(new WorkingFloats(100 + 21 + (6 * 11) + (7 * 13), (3 * 6) + 2, 16 * 101), dual);
        Assert.Equal(4 * (1711 + (3 * 20) + (171 * 32)), primal.Bytes(sequences: 3, tokens: 10));
    }

    [Fact]
    public void A_GPUs_arena_has_statistics_logits_a_row_and_parts_of_the_head_behind_the_buffers()
    {
        GpuArenaPlan plan = new(Plan, StatisticsColumns: 5, HeadRows: 64, HeadParts: 3, Width: 12, DualTokens: 40, LargeGpuDualTokens: 8);

        // 33 tokens have room for 64, 100 tokens for 128, of which the head handles 64 at once.
        Assert.Equal((64, 96), (GpuArenaPlan.RoundUp(33), GpuArenaPlan.RoundUp(96)));
        foreach ((int tokens, int rows, bool isDual) in new[] { (40, 64, true), (100, 128, false), (3, 32, true) })
        {
            long statistics = Plan.ColumnsPerToken(new ArenaForm(isDual, 2)) * rows;
            int block = Math.Min(64, rows);
            Assert.Equal(isDual, plan.IsDual(tokens));
            Assert.Equal(statistics, plan.StatisticsStart(tokens, 2));
            Assert.Equal(statistics + (5 * rows), plan.HeadStart(tokens, 2));
            Assert.Equal(statistics + (5 * rows) + (block * 101), plan.RowStart(tokens, 2));
            Assert.Equal(statistics + (5 * rows) + (block * 101) + 12, plan.HeadPartsStart(tokens, 2));
            Assert.Equal(plan.HeadPartsStart(tokens, 2) + (3 * block * 12), plan.Length(tokens, 2));
            Assert.Equal(plan.HeadPartsStart(tokens, 2), (plan with { HeadParts = 1 }).Length(tokens, 2));
        }

        Assert.Equal((40, 8), (plan.On(42).DualTokens, plan.On(43).DualTokens));
    }
}
