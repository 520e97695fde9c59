using TinT.Evaluation.Corpora;
using TinT.Evaluation.Sweeps;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Perplexity;

/// <summary>Perplexity of an auxiliary model, and of methods that adapt it to the first part of each block, on the rest of the block.</summary>
/// <remarks>
/// Each block trains its own copy of the weights. Scored are the tokens outside the training part; perplexity is
/// exp(total loss in nats / scored tokens). Source: the language-modelling experiments of the TinT paper (arXiv 2307.01189).
/// </remarks>
public sealed class PerplexityEvaluator
{
    private readonly TimeProvider timeProvider;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="timeProvider">Clock of rates and elapsed time; <see langword="null"/> for the system's.</param>
    public PerplexityEvaluator(TimeProvider? timeProvider = null)
    {
        this.timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Runs every method with every training fraction and learning rate on every block.</summary>
    /// <param name="corpus">The text.</param>
    /// <param name="methods">
    /// At least one, all of the same auxiliary weights, in the order of the table. The auxiliary model's own losses are those before the
    /// inner step of the last one, by convention TinT.
    /// </param>
    /// <param name="options">Fractions, learning rates and sizes.</param>
    /// <param name="progress">Told after every batch of blocks.</param>
    /// <param name="cancellationToken">Asked between batches, and by simulators between passes.</param>
    /// <returns>The scores. A diverged inner step gives a score that is not finite, not an exception.</returns>
    /// <exception cref="EvaluationException">The options or the methods do not fit each other or the blocks.</exception>
    /// <exception cref="SimulationInputException">A simulator refuses its input, such as a token id beyond its vocabulary.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public PerplexityResult Evaluate(
        BlockCorpus corpus,
        IReadOnlyList<EvaluationMethod> methods,
        PerplexityOptions options,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        PerplexityPlan plan = PerplexityPlan.Create(corpus.BlockSize, methods, options);
        ProgressCounter counter = new(plan.RunsPerBlock * corpus.BlockCount, corpus.BlockSize, progress, timeProvider);
        List<FractionResult> fractions = [];
        foreach (TrainingSplit split in plan.Splits)
        {
            BlockLosses auxiliary = new(corpus.BlockCount, split.ScoredTokens);
            List<(PlannedRun Run, BlockLosses Losses)> runs =
                [.. plan.Runs.Select(run => (run, new BlockLosses(corpus.BlockCount, split.ScoredTokens)))];
            for (int first = 0; first < corpus.BlockCount; first += options.BatchSize)
            {
                SimulationBatch batch = CreateBatch(corpus, first, Math.Min(options.BatchSize, corpus.BlockCount - first), split);
                foreach ((PlannedRun run, BlockLosses losses) in runs)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    SimulationResult result = run.Method.Simulator.Run(batch, PerplexityPlan.CreateRunOptions(run, cancellationToken));
                    Store(result.TokenLossesAfter, losses, first, batch);
                    if (run.GivesAuxiliary)
                        Store(result.TokenLossesBefore, auxiliary, first, batch);
                    counter.Add(batch.BatchSize, run, split, losses.Perplexity);
                }
            }

            fractions.Add(Score(split, auxiliary, runs, corpus.BlockCount));
        }

        return new PerplexityResult(
            corpus.BlockCount,
            corpus.BlockSize,
            plan.Steps,
            plan.TrainedLayers,
            [.. methods.Select(method => method.Name)],
            plan.LearningRates,
            fractions,
            counter.Elapsed);
    }

    private static SimulationBatch CreateBatch(BlockCorpus corpus, int first, int count, TrainingSplit split)
    {
        int[] ids = new int[count * corpus.BlockSize];
        for (int block = 0; block < count; block++)
            corpus.GetBlock(first + block).CopyTo(ids.AsSpan(block * corpus.BlockSize));
        return new SimulationBatch(count, corpus.BlockSize, ids, split.CreateTrainingMask(count));
    }

    private static void Store(float[] tokenLosses, BlockLosses losses, int first, SimulationBatch batch)
    {
        for (int block = 0; block < batch.BatchSize; block++)
            losses.Set(first + block, tokenLosses.AsSpan(block * batch.TokenCount, batch.TokenCount));
    }

    private static FractionResult Score(
        TrainingSplit split, BlockLosses auxiliary, List<(PlannedRun Run, BlockLosses Losses)> runs, int blockCount)
    {
        List<MethodScore> scores = [];
        foreach ((PlannedRun run, BlockLosses losses) in runs)
        {
            scores.Add(new MethodScore(
                run.Method.Name,
                run.Method.UsesLearningRate ? run.Point.LearningRate : null,
                losses.Mean,
                losses.Perplexity,
                losses.NonFiniteBlocks,
                losses.ImprovementOver(auxiliary),
                IsBest: false));
        }

        // The first of equals is the best: MinBy keeps it.
        foreach (IGrouping<string, MethodScore> method in scores.Where(score => !score.IsDiverged).GroupBy(score => score.Method).ToList())
        {
            MethodScore best = method.MinBy(score => score.Perplexity)!;
            scores[scores.IndexOf(best)] = best with { IsBest = true };
        }

        return new FractionResult(
            split,
            (long)split.ScoredTokens * blockCount,
            new AuxiliaryScore(auxiliary.Mean, auxiliary.Perplexity, auxiliary.NonFiniteBlocks),
            scores);
    }
}
