using TinT.Runtime.Simulation;

namespace TinT.Runtime.Tests.Simulation;

public sealed class NonFiniteValueTests
{
    private const int Sequences = 2, Tokens = 3, Vocabulary = 4;

    [Fact]
    public void A_finite_result_has_none() => Assert.Empty(Result().FindNonFinite());

    [Fact]
    public void The_order_is_that_of_the_computation()
    {
        SimulationResult result = Result();
        result.LossesAfter[1] = float.NaN;
        Assert.Equal([new NonFiniteValue(1, "after", "loss", null, 0, double.NaN)], result.FindNonFinite());

        result.LogitsAfter![(((Tokens * 1) + 2) * Vocabulary) + 3] = float.PositiveInfinity;
        Assert.Equal([new NonFiniteValue(1, "after", "logits", 2, 3, double.PositiveInfinity)], result.FindNonFinite());

        result.WeightUpdates[1][1].Delta[5] = float.NegativeInfinity;
        Assert.Equal([new NonFiniteValue(1, "update", "weight update b", null, 5, double.NegativeInfinity)], result.FindNonFinite());

        result.LossesBefore[1] = float.PositiveInfinity;
        Assert.Equal([new NonFiniteValue(1, "before", "loss", null, 0, double.PositiveInfinity)], result.FindNonFinite());

        result.LogitsBefore![((Tokens * 1) + 1) * Vocabulary] = float.NaN;
        result.LogitsBefore[0] = float.NaN;
        Assert.Equal(
            [new NonFiniteValue(0, "before", "logits", 0, 0, double.NaN), new NonFiniteValue(1, "before", "logits", 1, 0, double.NaN)], result.FindNonFinite());
    }

    [Fact]
    public void Without_logits_the_loss_of_a_token_tells_where_and_losses_that_nobody_asked_for_tell_nothing()
    {
        SimulationResult result = Result(logits: false);
        result.TokenLossesAfter[0] = float.NaN;
        Assert.Empty(result.FindNonFinite());

        result.TokenLossesAfter[0] = 1;
        result.TokenLossesAfter[2] = float.PositiveInfinity;
        result.LossesAfter[0] = float.PositiveInfinity;
        Assert.Equal([new NonFiniteValue(0, "after", "loss", 2, 0, double.PositiveInfinity)], result.FindNonFinite());
    }

    [Theory]
    [InlineData("before", "logits", 3, 17, double.NaN, "sequence 4 is not finite in the initial pass: first the logit of token 3 for vocabulary entry 17, which is NaN")]
    [InlineData("update", "weight update h.w", null, 17, double.PositiveInfinity, "sequence 4 is not finite in the inner steps: first the weight update h.w at element 17, which is Infinity")]
    [InlineData("after", "loss", null, 0, double.NegativeInfinity, "sequence 4 is not finite in the pass after the inner steps: first the loss, which is -Infinity")]
    public void It_is_told_in_one_sentence(string pass, string what, int? token, long index, double value, string text) =>
        Assert.Equal(text, new NonFiniteValue(4, pass, what, token, index, value).ToString());

    private static SimulationResult Result(bool logits = true) => new()
    {
        BatchSize = Sequences,
        TokenCount = Tokens,
        VocabularySize = Vocabulary,
        LogitsBefore = logits ? new float[Sequences * Tokens * Vocabulary] : null,
        LogitsAfter = logits ? new float[Sequences * Tokens * Vocabulary] : null,
        TokenLossesBefore = new float[Sequences * Tokens],
        TokenLossesAfter = new float[Sequences * Tokens],
        LossesBefore = new float[Sequences],
        LossesAfter = new float[Sequences],
        WeightUpdates = [Updates(), Updates()],
    };

    private static WeightUpdate[] Updates() => [new("a", [2], new float[2]), new("b", [2, 3], new float[6])];
}
