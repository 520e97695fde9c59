using TinT.Tests.Common;

namespace TinT.Accounting.Tests;

public sealed class PlannedRunTests
{
    private static readonly CompiledSpec small = CompiledSpec.OfText(new SmallSpec("Planned") { Context = 16 }.Text);

    [Fact]
    public void A_run_fills_the_context_and_trains_on_half_of_it_unless_told_otherwise()
    {
        Assert.Equal(new PlannedRun(16, 8, 1, 1, 2), PlannedRun.Of(small.Spec));
        Assert.Equal(new PlannedRun(7, 3, 2, 1, 2), PlannedRun.Of(small.Spec, 7, batchSize: 2));
    }

    [Theory]
    [InlineData(17, null, 1, "Planned has a context of 16 tokens; 17 do not fit. Plan at most 16.")]
    [InlineData(0, null, 1, "A sequence has at least 1 token, not 0.")]
    [InlineData(8, 9, 1, "Of 8 tokens 9 cannot be the training part. Plan 0 to 8 training tokens.")]
    [InlineData(8, -1, 1, "Of 8 tokens -1 cannot be the training part. Plan 0 to 8 training tokens.")]
    [InlineData(8, 4, 0, "A batch has at least 1 sequence, not 0.")]
    public void A_run_that_cannot_be_is_refused(int tokens, int? trainingTokens, int batch, string message)
    {
        PlannedRunException exception = Assert.Throws<PlannedRunException>(() => PlannedRun.Of(small.Spec, tokens, trainingTokens, batch));
        Assert.Equal(message, exception.Message);
    }
}
