using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Tests.Perplexity;

public sealed class PerplexityPlanTests
{
    private readonly EvaluationMethod method = new("TinT", FakeSimulator.Scaling());

    [Fact]
    public void Methods_must_be_there_and_have_names_of_their_own()
    {
        Assert.Equal("There is no method to evaluate; give at least one.", Fail(new PerplexityOptions(), []));
        Assert.Equal("Two methods have the name \"TinT\"; each needs its own.", Fail(new PerplexityOptions(), [method, method]));
    }

    [Fact]
    public void Blocks_must_fit_the_context() => Assert.Equal(
        "Blocks of 17 tokens are longer than the context of TinT, 16; choose smaller blocks.",
        Fail(new PerplexityOptions(), [method], blockSize: 17));

    [Fact]
    public void Blocks_may_fill_the_context_and_a_learning_rate_may_be_0()
    {
        PerplexityPlan plan = PerplexityPlan.Create(16, [method], new PerplexityOptions { Sweep = new Sweep { LearningRates = [0] } });
        Assert.Equal((16, 0.0), (plan.Splits.Single().TrainingTokens + plan.Splits.Single().ScoredTokens, plan.Points.Single().LearningRate));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void A_batch_must_have_a_block(int batchSize) =>
        Assert.Equal($"A batch needs at least one block, not {batchSize}.", Fail(new PerplexityOptions { BatchSize = batchSize }, [method]));

    [Fact]
    public void Fractions_and_rates_must_be_there_once()
    {
        Assert.Equal("There is no training fraction; give at least one.", Fail(new PerplexityOptions { Sweep = new Sweep { TrainFractions = [] } }, [method]));
        Assert.Equal(
            "A training fraction is given twice; give each once.", Fail(new PerplexityOptions { Sweep = new Sweep { TrainFractions = [0.5, 0.5] } }, [method]));
        Assert.Equal(
            "A learning rate is given twice; give each once.", Fail(new PerplexityOptions { Sweep = new Sweep { LearningRates = [1e-4, 0.0001] } }, [method]));
    }

    [Theory]
    [InlineData(-1e-4, "-0.0001")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_learning_rate_must_be_a_number_from_0(double learningRate, string text) => Assert.Equal(
        $"A learning rate must be a number from 0, not {text}.", Fail(
            new PerplexityOptions { Sweep = new Sweep { LearningRates = [learningRate] } }, [method]));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(50, "50")]
    [InlineData(double.NaN, "NaN")]
    public void A_fraction_must_lie_between_0_and_1(double fraction, string text) => Assert.Equal(
        $"A training fraction must be above 0 and below 1, not {text}.", Fail(
            new PerplexityOptions { Sweep = new Sweep { TrainFractions = [fraction] } }, [method]));

    [Fact]
    public void A_fraction_must_leave_a_training_token() => Assert.Equal(
        "Training fraction 0.2 of 4 tokens leaves 0 to train on and 4 to score; both need at least one. Choose another fraction or larger blocks.",
        Fail(new PerplexityOptions { Sweep = new Sweep { TrainFractions = [0.2] } }, [method]));

    /// <summary>The greatest number below 1 is 1 as a decimal.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(1024)]
    public void A_fraction_must_leave_a_scored_token(int blockSize) => Assert.Equal(
        $"Training fraction 0.9999999999999999 of {blockSize} tokens leaves {blockSize} to train on and 0 to score; both need at least one. Choose another fraction or larger blocks.",
        Assert.Throws<EvaluationException>(() => TrainingSplit.Create(0.9999999999999999, blockSize)).Message);

    [Theory]
    [InlineData(0.75, 4, 3)]
    [InlineData(0.999, 1024, 1022)]
    [InlineData(0.3, 1024, 307)]
    [InlineData(0.5, 255, 127)]
    [InlineData(0.7, 10, 7)]
    [InlineData(0.9, 256, 230)]
    [InlineData(0.29, 100, 29)]
    [InlineData(0.57, 100, 57)]
    public void Training_tokens_are_rounded_down_in_decimal(double fraction, int blockSize, int trainingTokens)
    {
        TrainingSplit split = TrainingSplit.Create(fraction, blockSize);
        Assert.Equal((trainingTokens, blockSize - trainingTokens), (split.TrainingTokens, split.ScoredTokens));
    }

    [Theory]
    [InlineData(1, 12.7062047)]
    [InlineData(2, 4.3026527)]
    [InlineData(10, 2.2281389)]
    [InlineData(11, 2.2009852)]
    [InlineData(12, 2.1788128)]
    [InlineData(15, 2.1314495)]
    [InlineData(30, 2.0422725)]
    [InlineData(120, 1.9799304)]
    [InlineData(1000000, 1.9599663)]
    public void Quantiles_of_Students_distribution_are_those_of_tables(int degreesOfFreedom, double quantile) =>
        Assert.Equal(quantile, StudentDistribution.Quantile975(degreesOfFreedom), 1e-5);

    private static string Fail(PerplexityOptions options, IReadOnlyList<EvaluationMethod> methods, int blockSize = 4) =>
        Assert.Throws<EvaluationException>(() => PerplexityPlan.Create(blockSize, methods, options)).Message;
}
