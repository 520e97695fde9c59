using TinT.Runtime.Execution;

namespace TinT.Runtime.Tests.Execution;

/// <summary>Sequences of small models run side by side, those of large ones share the threads.</summary>
public sealed class BatchDivisionTests
{
    // 1,000 bytes a token, 4,000 once, and a whole number of 16 tokens, as the arena has.
    private static readonly WorkingFloats Memory = new(PerToken: 250, PerSequence: 0, Once: 1000);

    [Theory]
    [InlineData(1, 2, false, 1, 1)]
    [InlineData(2, 1, false, 1, 1)]
    [InlineData(2, 2, false, 1, 2)]
    [InlineData(3, 2, false, 1, 2)]
    [InlineData(16, 4, false, 1, 4)]
    [InlineData(3, 8, false, 1, 3)]
    [InlineData(16, 64, false, 1, 16)]
    public void Each_thread_has_a_sequence_in_the_primal_form(int sequences, int threads, bool dual, int together, int sideBySide) =>
        Assert.Equal(new BatchDivision(together, sideBySide), Divide(sequences, tokens: 16, dual, threads));

    [Theory]
    [InlineData(1, 2, 1, 1)]
    [InlineData(2, 2, 1, 2)]
    [InlineData(5, 2, 3, 2)]
    [InlineData(16, 2, 8, 2)]
    [InlineData(16, 1, 16, 1)]
    public void Sequences_of_a_thread_share_products_in_the_dual_form(int sequences, int threads, int together, int sideBySide) =>
        Assert.Equal(new BatchDivision(together, sideBySide), Divide(sequences, tokens: 16, dual: true, threads));

    [Fact]
    public void Tokens_together_bound_all_threads()
    {
        BatchDivision division = Divide(sequences: 100, tokens: 100, dual: true, threads: 2, new SimulatorOptions { TokensTogether = 1000 });

        Assert.Equal(new BatchDivision(Together: 5, SideBySide: 2), division);
    }

    [Fact]
    public void A_few_sequences_leave_many_threads_to_the_kernels() =>
        Assert.Equal(new BatchDivision(1, 1), Divide(sequences: 2, tokens: 16, dual: false, threads: 9));

    [Fact]
    public void Memory_of_a_thread_decides()
    {
        // 16 tokens of 1,000 bytes, and 4,000.
        BatchDivision fits = Divide(2, 16, dual: false, threads: 2, new SimulatorOptions { SideBySideBytes = 20_000 });
        BatchDivision exceeds = Divide(2, 16, dual: false, threads: 2, new SimulatorOptions { SideBySideBytes = 19_999 });

        Assert.Equal((2, 1), (fits.SideBySide, exceeds.SideBySide));
    }

    [Fact]
    public void One_after_another_they_are_as_many_together_as_tokens_allow() =>
        Assert.Equal(new BatchDivision(Together: 5, SideBySide: 1), Divide(8, 200, dual: true, threads: 2, new SimulatorOptions { SideBySideBytes = 0, TokensTogether = 1024 }));

    private static BatchDivision Divide(int sequences, int tokens, bool dual, int threads, SimulatorOptions? options = null) =>
        BatchDivision.Of(sequences, tokens, dual, Memory, (options ?? new SimulatorOptions()) with { Threads = threads });
}
