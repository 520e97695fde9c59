using TinT.Evaluation.Corpora;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Tests.Perplexity;

public sealed class PerplexityEvaluatorTests
{
    // All losses of the fake simulator and their sums are exact in binary; what is left is the rounding of exp and a few products.
    private const double Tolerance = 1e-12;

    private static readonly BlockCorpus Corpus = TestCorpus.Create([1, 2, 3, 4], [5, 6, 7, 8]);

    [Fact]
    public void Perplexity_and_improvement_are_those_worked_out_by_hand()
    {
        FractionResult fraction = Evaluate(new PerplexityOptions(), new EvaluationMethod("TinT", FakeSimulator.Scaling())).Fractions.Single();

        // Scored are 3, 4 | 7, 8, each divided by 8: 0.875 + 1.875 over 4 tokens.
        Assert.Equal((2, 2, 4L), (fraction.Split.TrainingTokens, fraction.Split.ScoredTokens, fraction.ScoredTokens));
        Assert.Equal(0.6875, fraction.Auxiliary.Loss);
        Assert.Equal(Math.Exp(0.6875), fraction.Auxiliary.Perplexity, Tolerance);

        // The spec's learning rate 0.25 scales losses by 0.75. Differences a token: −0.109375 and −0.234375; standard error 0.0625.
        MethodScore score = fraction.Methods.Single();
        Assert.Equal(("TinT", 0.25, 0.515625), (score.Method, score.Point.LearningRate, score.Loss));
        Assert.Equal(Math.Exp(0.515625), score.Perplexity, Tolerance);
        Assert.Equal(100 * (1 - Math.Exp(-0.171875)), score.Improvement!.Percent, 100 * Tolerance);
        Assert.Equal(100 * (1 - Math.Exp(-0.171875 + (12.706205 * 0.0625))), score.Improvement.LowerBound!.Value, 100 * Tolerance);
        Assert.Equal(100 * (1 - Math.Exp(-0.171875 - (12.706205 * 0.0625))), score.Improvement.UpperBound!.Value, 100 * Tolerance);
        Assert.True(score.IsBest);
    }

    [Fact]
    public void Every_fraction_scores_the_tokens_behind_its_training_part()
    {
        PerplexityOptions options = new() { Sweep = new Sweep { TrainFractions = [0.3, 0.75] } };
        PerplexityResult result = Evaluate(options, new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        Assert.Equal([1, 3], result.Fractions.Select(fraction => fraction.Split.TrainingTokens));
        Assert.Equal((9 + 21) / 8.0 / 6, result.Fractions[0].Auxiliary.Loss, Tolerance);
        Assert.Equal((4 + 8) / 8.0 / 2, result.Fractions[1].Auxiliary.Loss, Tolerance);
    }

    [Fact]
    public void The_training_mask_covers_the_first_tokens_of_each_block()
    {
        FakeSimulator simulator = FakeSimulator.Scaling();
        Evaluate(new PerplexityOptions { BatchSize = 2 }, new EvaluationMethod("TinT", simulator));
        (SimulationBatch batch, RunOptions options) = simulator.Runs.Single();
        Assert.Equal([1f, 1, 0, 0, 1, 1, 0, 0], batch.TrainingMask);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], batch.InputIds);
        Assert.False(options.Logits);
        Assert.False(options.WeightUpdates);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void The_batch_size_does_not_change_the_numbers(int batchSize)
    {
        int[][] blocks = [.. Enumerable.Range(0, 7).Select(block => (int[])[block, 3 * block % 11, 17, block + 2])];
        FakeSimulator simulator = FakeSimulator.Scaling();
        PerplexityResult expected = Run(TestCorpus.Create(blocks), new PerplexityOptions(), new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        PerplexityResult actual = Run(TestCorpus.Create(blocks), new PerplexityOptions { BatchSize = batchSize }, new EvaluationMethod("TinT", simulator));
        Assert.Equal(expected.Fractions.Single().Auxiliary, actual.Fractions.Single().Auxiliary);
        Assert.Equal(expected.Fractions.Single().Methods, actual.Fractions.Single().Methods);
        Assert.Equal((7 + batchSize - 1) / batchSize, simulator.Runs.Count);
    }

    [Fact]
    public void Each_method_runs_with_each_learning_rate_and_the_best_of_each_is_marked()
    {
        // The first method gets better up to 0.5, the second worse with any rate.
        FakeSimulator first = new((loss, learningRate) => loss * (float)(1 + ((learningRate - 0.5) * (learningRate - 0.5))));
        FakeSimulator second = new((loss, learningRate) => loss * (float)(1 + learningRate));
        PerplexityOptions options = new() { Sweep = new Sweep { LearningRates = [0.25, 0.5, 1], TrainFractions = [0.5, 0.75] } };
        PerplexityResult result = Evaluate(options, new EvaluationMethod("exact SGD", first), new EvaluationMethod("TinT", second));
        Assert.Equal(["exact SGD", "TinT"], result.Plan.Methods);
        foreach (FractionResult fraction in result.Fractions)
        {
            Assert.Equal(
                [("exact SGD", 0.25, false), ("exact SGD", 0.5, true), ("exact SGD", 1.0, false), ("TinT", 0.25, true), ("TinT", 0.5, false), ("TinT", 1.0, false)],
                fraction.Methods.Select(score => (score.Method, score.Point.LearningRate, score.IsBest)));
        }

        Assert.True(result.Fractions[0].Methods[^1].Improvement!.Percent < 0);
    }

    [Fact]
    public void Of_equal_learning_rates_the_first_is_best()
    {
        FakeSimulator simulator = new((loss, _) => loss);
        PerplexityResult result = Evaluate(
            new PerplexityOptions { Sweep = new Sweep { LearningRates = [0.5, 0.25] } }, new EvaluationMethod("TinT", simulator));
        Assert.Equal([true, false], result.Fractions.Single().Methods.Select(score => score.IsBest));
        Assert.Equal(new RelativeImprovement(0, 0, 0), result.Fractions.Single().Methods[0].Improvement);
    }

    [Fact]
    public void The_auxiliary_model_is_that_of_the_last_method()
    {
        FakeSimulator other = new((loss, _) => loss, auxiliary: 3);
        PerplexityOptions options = new() { Sweep = new Sweep { LearningRates = [0.25, 0.5] } };
        PerplexityResult result = Evaluate(options, new EvaluationMethod("exact SGD", other), new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        Assert.Equal(0.6875, result.Fractions.Single().Auxiliary.Loss);
        Assert.Equal(3 * 0.6875, result.Fractions.Single().Methods[0].Loss);
    }

    [Fact]
    public void Steps_and_layers_are_passed_on_and_reported()
    {
        FakeSimulator simulator = FakeSimulator.Scaling();
        PerplexityResult overridden = Evaluate(
            new PerplexityOptions { Sweep = new Sweep { Steps = [1], Layers = [1] } }, new EvaluationMethod("TinT", simulator));
        PerplexityResult defaults = Evaluate(new PerplexityOptions(), new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        Assert.Equal((1, 1), (simulator.Runs[0].Options.Steps, simulator.Runs[0].Options.TrainedLayers));
        Assert.Equal((1, 1), (overridden.Plan.Points.Single().Steps, overridden.Plan.Points.Single().Layers));
        Assert.Equal((3, 2), (defaults.Plan.Points.Single().Steps, defaults.Plan.Points.Single().Layers));
    }

    [Fact]
    public void Layers_and_steps_are_tried_each_with_each()
    {
        FakeSimulator simulator = FakeSimulator.Scaling();
        PerplexityResult result = Evaluate(
            new PerplexityOptions { Sweep = new Sweep { Steps = [1, 3], Layers = [2, 1] } }, new EvaluationMethod("TinT", simulator));

        Assert.Equal([(2, 1), (2, 3), (1, 1), (1, 3)], result.Fractions.Single().Methods.Select(score => (score.Point.Layers, score.Point.Steps)));
        Assert.Equal(
            [(2, 1), (2, 3), (1, 1), (1, 3), (2, 1), (2, 3), (1, 1), (1, 3)],
            simulator.Runs.Select(run => (run.Options.TrainedLayers!.Value, run.Options.Steps!.Value)));
    }

    [Fact]
    public void What_a_log_has_is_not_run_again_and_the_numbers_are_the_same()
    {
        MemoryLog<BlockKey, BlockRun> log = new(PerplexityLog.Format);
        PerplexityOptions options = new() { Sweep = new Sweep { LearningRates = [0.5, 0.25] }, BatchSize = 2 };
        PerplexityResult expected = Evaluate(options, new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        new PerplexityEvaluator().Evaluate(
            Corpus, [new EvaluationMethod("TinT", FakeSimulator.Scaling())], options with { Share = block => block == 1, Sweep = new Sweep { LearningRates = [0.25] } }, log);

        FakeSimulator simulator = FakeSimulator.Scaling();
        PerplexityResult result = new PerplexityEvaluator().Evaluate(Corpus, [new EvaluationMethod("TinT", simulator)], options, log);

        // Both blocks lack the rate 0.5, and only the first lacks 0.25.
        Assert.Equal([(0.5, 2), (0.25, 1)], simulator.Runs.Select(run => (run.Options.LearningRate!.Value, run.Batch.BatchSize)));
        Assert.Equal(expected.Fractions.Single().Methods, result.Fractions.Single().Methods);
    }

    [Fact]
    public void A_part_of_the_blocks_gives_a_partial_result()
    {
        PerplexityResult result = Evaluate(new PerplexityOptions { Share = block => block == 1 }, new EvaluationMethod("TinT", FakeSimulator.Scaling()));

        Assert.Equal((true, 1, 2), (result.IsPartial, result.Blocks.Single(), result.TotalBlocks));
        Assert.Equal((7 + 8) / 8.0 / 2, result.Fractions.Single().Auxiliary.Loss, Tolerance);
        Assert.Contains("nothing to report", Assert.Throws<EvaluationException>(
            () => Evaluate(new PerplexityOptions { Share = _ => false }, new EvaluationMethod("TinT", FakeSimulator.Scaling()))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_diverged_learning_rate_is_reported_and_never_best(float diverged)
    {
        FakeSimulator simulator = new((loss, learningRate) => learningRate > 0.3 && loss > 0.9f ? diverged : loss);
        PerplexityResult result = Evaluate(
            new PerplexityOptions { Sweep = new Sweep { LearningRates = [0.5, 0.25] } }, new EvaluationMethod("TinT", simulator));
        MethodScore score = result.Fractions.Single().Methods[0];
        Assert.True(score.IsDiverged);
        Assert.Equal(1, score.NonFiniteBlocks);
        Assert.Null(score.Improvement);
        Assert.Equal([false, true], result.Fractions.Single().Methods.Select(score => score.IsBest));
        Assert.False(result.Fractions.Single().Auxiliary.IsDiverged);
    }

    [Fact]
    public void A_perplexity_beyond_all_numbers_counts_as_diverged()
    {
        FakeSimulator simulator = new((_, _) => 1e6f);
        MethodScore score = Evaluate(new PerplexityOptions(), new EvaluationMethod("TinT", simulator)).Fractions.Single().Methods.Single();
        Assert.Equal((1e6, double.PositiveInfinity, 0), (score.Loss, score.Perplexity, score.NonFiniteBlocks));
        Assert.True(score.IsDiverged);
        Assert.False(score.IsBest);
        Assert.Null(score.Improvement);
    }

    [Fact]
    public void A_single_block_has_no_interval()
    {
        PerplexityResult result = Run(TestCorpus.Create([1, 2, 3, 4]), new PerplexityOptions(), new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        RelativeImprovement improvement = result.Fractions.Single().Methods.Single().Improvement!;
        Assert.Equal(100 * (1 - Math.Exp(-0.109375)), improvement.Percent, 100 * Tolerance);
        Assert.Equal((null, null), (improvement.LowerBound, improvement.UpperBound));
    }

    [Fact]
    public void Progress_counts_block_runs_and_tells_the_rate()
    {
        ManualTime time = new();
        List<EvaluationProgress> reports = [];
        FakeSimulator simulator = new((loss, _) =>
        {
            time.Now += TimeSpan.FromMilliseconds(500);
            return loss;
        });
        PerplexityResult result = new PerplexityEvaluator(time).Evaluate(
            Corpus,
            [new EvaluationMethod("TinT", simulator)],
            new PerplexityOptions { Sweep = new Sweep { LearningRates = [0.5, 0.25] } },
            progress: new Collector(reports));

        // Three losses a block take 1.5 s for its 4 tokens.
        Assert.Equal(
            [(1L, 0.5), (2L, 0.25), (3L, 0.5), (4L, 0.25)],
            reports.Select(report => (report.Done, report.LearningRate)));
        Assert.All(reports, report => Assert.Equal((4L, "TinT", 0.5), (report.Total, report.Method, report.TrainFraction)));
        Assert.All(reports, report => Assert.Equal(4 / 1.5, report.TokensPerSecond, Tolerance));
        Assert.Equal(TimeSpan.FromSeconds(6), result.Elapsed);

        // Of the first block 3/8 and 4/8 are scored.
        Assert.Equal(Math.Exp(0.4375), reports[0].Perplexity, Tolerance);
        Assert.Equal(result.Fractions[0].Methods.Select(method => method.Perplexity), reports.TakeLast(2).Select(report => report.Perplexity));
    }

    [Fact]
    public void A_clock_that_stands_still_gives_no_rate()
    {
        List<EvaluationProgress> reports = [];
        new PerplexityEvaluator(new ManualTime()).Evaluate(
            Corpus, [new EvaluationMethod("TinT", FakeSimulator.Scaling())], new PerplexityOptions(), progress: new Collector(reports));
        Assert.All(reports, report => Assert.Equal(0, report.TokensPerSecond));
    }

    [Fact]
    public void Arguments_must_be_there()
    {
        PerplexityEvaluator evaluator = new();
        EvaluationMethod method = new("TinT", FakeSimulator.Scaling());
        Assert.Throws<ArgumentNullException>("corpus", () => evaluator.Evaluate(null!, [method], new PerplexityOptions()));
        Assert.Throws<ArgumentNullException>("methods", () => evaluator.Evaluate(Corpus, null!, new PerplexityOptions()));
        Assert.Throws<ArgumentNullException>("options", () => evaluator.Evaluate(Corpus, [method], null!));
    }

    [Fact]
    public void Cancelling_stops_between_batches_and_reaches_the_simulator()
    {
        using CancellationTokenSource source = new();
        FakeSimulator simulator = new((loss, _) =>
        {
            source.Cancel();
            return loss;
        });
        Assert.Throws<OperationCanceledException>(() => new PerplexityEvaluator().Evaluate(
            Corpus, [new EvaluationMethod("TinT", simulator)], new PerplexityOptions(), cancellationToken: source.Token));
        Assert.Equal(source.Token, simulator.Runs.Single().Options.CancellationToken);
    }

    private static PerplexityResult Evaluate(PerplexityOptions options, params EvaluationMethod[] methods) => Run(Corpus, options, methods);

    private static PerplexityResult Run(BlockCorpus corpus, PerplexityOptions options, params EvaluationMethod[] methods) =>
        new PerplexityEvaluator().Evaluate(corpus, methods, options);

    private sealed class Collector(List<EvaluationProgress> reports) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => reports.Add(value);
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
