using TinT.Runtime.Execution;

namespace TinT.Runtime.Tests.Execution;

/// <summary>Sequences run side by side where that pays.</summary>
public sealed class BatchDivisionTests
{
    // 1,000 bytes a token and 4,000 once; the arena has a multiple of 16 tokens.
    private static readonly WorkingFloats Memory = new(PerToken: 250, PerSequence: 0, Once: 1000);

    private static readonly SimulatorOptions Small = new() { SideBySideBytes = long.MaxValue };

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 2)]
    [InlineData(16, 4, 4)]
    [InlineData(3, 8, 3)]
    [InlineData(16, 64, 16)]
    [InlineData(2, 9, 1)]
    public void Small_models_have_a_thread_for_each_sequence_unless_most_would_be_idle(int sequences, int threads, int sideBySide) =>
        Assert.Equal(new BatchDivision(sequences, Groups: sequences, sideBySide), Divide(sequences, 16, dual: false, threads, Small));

    [Theory]
    [InlineData(1, 2, 1, 1)]
    [InlineData(2, 2, 2, 2)]
    [InlineData(5, 2, 2, 2)]
    [InlineData(16, 2, 2, 2)]
    [InlineData(16, 1, 1, 1)]
    [InlineData(130, 2, 6, 2)]
    [InlineData(129, 1, 3, 1)]
    public void Sequences_of_a_thread_share_products_in_the_dual_form(int sequences, int threads, int groups, int sideBySide) =>
        Assert.Equal(new BatchDivision(sequences, groups, sideBySide), Divide(sequences, 16, dual: true, threads, Small with { TokensTogether = 1000 }));

    [Fact]
    public void Memory_of_a_thread_decides()
    {
        // 16 tokens of 1,000 bytes, and 4,000.
        BatchDivision fits = Divide(2, 16, dual: false, threads: 2, new SimulatorOptions { SideBySideBytes = 20_000 });
        BatchDivision exceeds = Divide(2, 16, dual: false, threads: 2, new SimulatorOptions { SideBySideBytes = 19_999 });

        Assert.Equal((2, 1), (fits.SideBySide, exceeds.SideBySide));
    }

    [Fact]
    public void Nothing_runs_side_by_side_if_that_is_not_wanted() =>
        Assert.Equal(new BatchDivision(8, Groups: 2, SideBySide: 1), Divide(8, 256, dual: true, threads: 2, new SimulatorOptions { SideBySideBytes = 0 }));

    [Fact]
    public void Groups_hold_every_sequence_once_the_larger_ones_first()
    {
        BatchDivision division = new(Sequences: 10, Groups: 4, SideBySide: 2);

        Assert.Equal([(0, 3), (3, 3), (6, 2), (8, 2)], Enumerable.Range(0, 4).Select(division.Group));
        Assert.Equal(3, division.Together);
    }

    private static BatchDivision Divide(int sequences, int tokens, bool dual, int threads, SimulatorOptions options) =>
        BatchDivision.Of(sequences, tokens, dual, Memory, options with { Threads = threads });
}
