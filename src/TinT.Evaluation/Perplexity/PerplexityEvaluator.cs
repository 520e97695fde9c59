using TinT.Evaluation.Corpora;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sharing;
using TinT.Evaluation.Sweeps;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Perplexity;

/// <summary>Perplexity of an auxiliary model, and of methods that adapt it to the first part of each block, on the rest of the block.</summary>
/// <remarks>
/// Each block trains its own copy of the weights. Scored are the tokens outside the training part; perplexity is
/// exp(total loss in nats / scored tokens). All settings of a block run together, so that simulators share what passes they can. Source: the
/// language-modelling experiments of the TinT paper (arXiv 2307.01189).
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

    /// <summary>Runs every method with every setting on every block.</summary>
    /// <param name="corpus">The text.</param>
    /// <param name="methods">
    /// At least one, all of the same auxiliary weights, in the order of the table. The auxiliary model's own losses are those before the
    /// inner step of the last one, by convention TinT.
    /// </param>
    /// <param name="options">Settings and sizes.</param>
    /// <param name="log">Where finished runs are kept and found again; <see langword="null"/> for memory.</param>
    /// <param name="progress">Told after every batch of blocks.</param>
    /// <param name="cancellationToken">Asked between batches, and by simulators between passes.</param>
    /// <returns>The scores. A diverged inner step gives a score that is not finite, not an exception.</returns>
    /// <exception cref="EvaluationException">The options or the methods do not fit each other or the blocks, or no block is whole.</exception>
    /// <exception cref="SimulationInputException">A simulator refuses its input, such as a token id beyond its vocabulary.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled; what is finished is in the log.</exception>
    public PerplexityResult Evaluate(
        BlockCorpus corpus,
        IReadOnlyList<EvaluationMethod> methods,
        PerplexityOptions options,
        IRunLog<BlockKey, BlockRun>? log = null,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        long started = timeProvider.GetTimestamp();
        PerplexityPlan plan = PerplexityPlan.Create(corpus.BlockSize, methods, options);
        log ??= new MemoryLog<BlockKey, BlockRun>(PerplexityLog.Format);
        Dictionary<string, ISimulator> simulators = methods.ToDictionary(method => method.Name, method => method.Simulator);
        IEnumerable<int> blocks = Enumerable.Range(0, corpus.BlockCount).Where(block => options.Share?.Invoke(block) ?? true);
        PerplexityUnit[] units = [.. plan.Units(blocks, options.BatchSize, method => simulators[method].SharesPasses)];
        SingleWorker.Instance.Run(Work(corpus, plan, units, method => simulators[method], options, log, progress), cancellationToken);
        return PerplexityResult.Of(plan, corpus.BlockCount, log, timeProvider.GetElapsedTime(started));
    }

    /// <summary>The work of an evaluation, for processes that share it.</summary>
    /// <param name="corpus">The text.</param>
    /// <param name="plan">What is run.</param>
    /// <param name="units">Its work.</param>
    /// <param name="simulatorOf">Gives the simulator of a method, once a unit of it is run.</param>
    /// <param name="options">Settings and sizes.</param>
    /// <param name="log">Where finished runs are kept and found again.</param>
    /// <param name="progress">Told after every unit.</param>
    public IReadOnlyList<WorkUnit> Work(
        BlockCorpus corpus,
        PerplexityPlan plan,
        IReadOnlyList<PerplexityUnit> units,
        Func<string, ISimulator> simulatorOf,
        PerplexityOptions options,
        IRunLog<BlockKey, BlockRun> log,
        IProgress<EvaluationProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        ProgressCounter counter = new(units.Sum(unit => unit.Missing(log).LongCount()), corpus.BlockSize, progress, timeProvider);
        return
        [
            .. units.Select(unit => new WorkUnit(unit.Name, () => !unit.Missing(log).Any(), cancellationToken =>
            {
                List<BlockRun> runs = Run(corpus, plan, unit, simulatorOf(unit.Method), [.. unit.Missing(log)], options.KeepsTokenLosses, cancellationToken);
                log.Add(runs);
                counter.Add(runs.Count, plan, runs[^1].Key, log);
            })),
        ];
    }

    private static List<BlockRun> Run(
        BlockCorpus corpus,
        PerplexityPlan plan,
        PerplexityUnit unit,
        ISimulator simulator,
        HashSet<BlockKey> missing,
        bool keepsTokenLosses,
        CancellationToken cancellationToken)
    {
        int[] blocks = [.. missing.Select(key => key.Block).Distinct().Order()];
        SweepPoint[] points = [.. unit.Points.Where(point => missing.Any(key => key.Point == point))];
        RunSetting[] settings = [.. points.Select(point => plan.SettingOf(point, blocks.Length))];
        int[] ids = new int[blocks.Length * corpus.BlockSize];
        for (int place = 0; place < blocks.Length; place++)
            corpus.GetBlock(blocks[place]).CopyTo(ids.AsSpan(place * corpus.BlockSize));
        IReadOnlyList<SimulationResult> results = simulator.RunEach(
            new SimulationBatch(blocks.Length, corpus.BlockSize, ids, settings[0].TrainingMask!),
            settings,
            new RunOptions { Logits = false, Losses = RecordedLosses.Scored, CancellationToken = cancellationToken });
        List<BlockRun> runs = [];
        for (int index = 0; index < points.Length; index++)
        {
            int scored = plan.SplitOf(points[index]).ScoredTokens;
            for (int place = 0; place < blocks.Length; place++)
            {
                BlockKey key = new(unit.Method, blocks[place], points[index]);
                if (!missing.Contains(key))
                    continue;
                int end = (place + 1) * corpus.BlockSize;
                ReadOnlySpan<float> before = results[index].TokenLossesBefore.AsSpan(end - scored, scored);
                ReadOnlySpan<float> after = results[index].TokenLossesAfter.AsSpan(end - scored, scored);
                runs.Add(new BlockRun(key, Sum(before), Sum(after), keepsTokenLosses ? before.ToArray() : null, keepsTokenLosses ? after.ToArray() : null));
            }
        }

        return runs;
    }

    private static double Sum(ReadOnlySpan<float> losses)
    {
        double sum = 0;
        foreach (float loss in losses)
            sum += loss;
        return sum;
    }
}
