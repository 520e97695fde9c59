using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Scoring;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sharing;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>Classifies texts by an auxiliary model with demonstrations in its context, before and after inner steps on the prompt.</summary>
/// <remarks>
/// Source: the classification experiments of the TinT paper (arXiv 2307.01189). No work is done twice: scores before are those of all settings, what learns labels
/// only learns them once for all queries, settings of a query share passes, and queries behind the same demonstrations run these once.
/// </remarks>
public sealed class InContextEvaluator
{
    /// <summary>Name of the model that does not learn.</summary>
    public const string Auxiliary = "auxiliary";

    private readonly InContextPlan plan;
    private readonly IReadOnlyList<InContextMethod> methods;
    private readonly IRunLog<RunKey, InContextRun>? log;
    private readonly IProgress<InContextProgress>? progress;
    private readonly Dictionary<RunKey, InContextRun> finished = [];
    private readonly List<InContextRun> runs = [];
    private readonly TimeProvider clock;
    private CancellationToken cancellation;
    private long total;
    private long done;

    private InContextEvaluator(
        InContextPlan plan,
        IReadOnlyList<InContextMethod> methods,
        IRunLog<RunKey, InContextRun>? log,
        IProgress<InContextProgress>? progress,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        (this.plan, this.methods, this.log, this.progress, this.clock, this.cancellation) = (plan, methods, log, progress, clock, cancellation);
    }

    /// <summary>Runs an evaluation.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="methods">At least one; the first one's scores before are the auxiliary model's.</param>
    /// <param name="log">Where finished runs are kept and found again.</param>
    /// <param name="progress">Told after every query that learns, and after every run.</param>
    /// <param name="timeProvider">Clock; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Asked between passes.</param>
    /// <exception cref="SimulationInputException">A setting is none that the spec has compiled.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled; what is finished is in the log.</exception>
    public static InContextResult Evaluate(
        InContextPlan plan,
        IReadOnlyList<InContextMethod> methods,
        IRunLog<RunKey, InContextRun>? log = null,
        IProgress<InContextProgress>? progress = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentOutOfRangeException.ThrowIfZero(methods.Count);
        return new InContextEvaluator(plan, methods, log, progress, timeProvider ?? TimeProvider.System, cancellationToken).Evaluate(SingleWorker.Instance)!;
    }

    /// <summary>Runs what is left to this process of an evaluation that several share.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="methods">At least one; the first one's scores before are the auxiliary model's.</param>
    /// <param name="log">Where all of them keep and find finished runs.</param>
    /// <param name="workers">Tells what is left.</param>
    /// <param name="progress">Told after every query that learns, and after every run.</param>
    /// <param name="cancellationToken">Asked between passes.</param>
    /// <returns>The result; <see langword="null"/> as long as others run parts of it.</returns>
    /// <exception cref="SimulationInputException">A setting is none that the spec has compiled.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled; what is finished is in the log.</exception>
    public static InContextResult? Share(
        InContextPlan plan,
        IReadOnlyList<InContextMethod> methods,
        IRunLog<RunKey, InContextRun> log,
        IWorkers workers,
        IProgress<InContextProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfZero(methods.Count);
        return new InContextEvaluator(plan, methods, log, progress, TimeProvider.System, cancellationToken).Evaluate(workers);
    }

    /// <summary>The result of an evaluation that is finished.</summary>
    /// <param name="plan">What was run.</param>
    /// <param name="learning">Names of the methods that learn.</param>
    /// <param name="others">Names of other models that only score.</param>
    /// <param name="log">The finished runs.</param>
    /// <returns>The result; <see langword="null"/> if a run is missing.</returns>
    public static InContextResult? Collect(
        InContextPlan plan, IReadOnlyList<string> learning, IReadOnlyList<string> others, IRunLog<RunKey, InContextRun> log)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new InContextEvaluator(plan, [], log, progress: null, TimeProvider.System, CancellationToken.None).Evaluate(NoWorker.Instance, learning, others);
    }

    /// <summary>The runs that settings are chosen of, in groups that are alike but for their settings and share passes: a unit of work each, by its name.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="learning">Names of the methods that learn.</param>
    /// <param name="others">Names of other models that only score.</param>
    public static IReadOnlyList<(string Name, IReadOnlyList<RunKey> Runs)> Units(InContextPlan plan, IReadOnlyList<string> learning, IReadOnlyList<string> others)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. Groups(Grid(plan, learning, others)).Select(group => (NameOf(group), (IReadOnlyList<RunKey>)group))];
    }

    private InContextResult? Evaluate(IWorkers workers) => Evaluate(
        workers,
        [.. methods.Where(method => method.Learns).Select(method => method.Name)],
        [.. methods.Where(method => !method.Learns).Select(method => method.Name)]);

    private InContextResult? Evaluate(IWorkers workers, IReadOnlyList<string> learning, IReadOnlyList<string> others)
    {
        long start = clock.GetTimestamp();
        RunKey[] grid = [.. Grid(plan, learning, others)];
        total = grid.Sum(QueriesOf) + (plan.Options.Selection == Selection.HeldOut ? grid.Where(key => key.Setting is not null).DistinctBy(Chosen).Sum(QueriesOf) : 0);
        if (!RunAll(grid, workers))
            return null;
        Choice[] choices = [.. Choices()];
        return plan.Options.Selection != Selection.HeldOut || RunAll(choices.SelectMany(choice => ReportedKeys(plan, choice)).Distinct(), workers)
            ? new InContextResult(plan, learning, others, runs, choices, clock.GetElapsedTime(start))
            : null;
    }

    /// <summary>The runs on the reported draw of a choice.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="choice">The choice.</param>
    public static IEnumerable<RunKey> ReportedKeys(InContextPlan plan, Choice choice)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(choice);
        return plan.Tasks.First(task => task.Data.Name == choice.Task).Demonstrations
            .Where(set => set.Shots == choice.Shots && (choice.TrainSeed ?? set.Seed) == set.Seed)
            .Select(set => new RunKey(choice.Method, choice.Task, choice.Shots, set.Seed, choice.Layout, choice.Loss, choice.Setting, plan.Reported));
    }

    private static IEnumerable<RunKey> Grid(InContextPlan plan, IReadOnlyList<string> learning, IReadOnlyList<string> others) =>
        from task in plan.Tasks from set in task.Demonstrations from key in KeysOf(plan, task, set, learning, others) select key;

    private static IEnumerable<RunKey> KeysOf(
        InContextPlan plan, PlannedTask task, DemonstrationSet set, IReadOnlyList<string> learning, IReadOnlyList<string> others)
    {
        foreach (PromptLayout layout in plan.LayoutsOf(set.Shots))
        {
            foreach (string model in others.Prepend(Auxiliary))
            {
                foreach (Draw draw in plan.Draws)
                    yield return new RunKey(model, task.Data.Name, set.Shots, set.Seed, layout, null, null, draw);
            }

            foreach (string method in learning)
            {
                foreach (PromptLoss loss in plan.LossesOf(set.Shots))
                {
                    foreach (InnerSetting setting in plan.SettingsOf(loss, mean: DynamicEvaluation.IsNameOf(method)))
                        yield return new RunKey(method, task.Data.Name, set.Shots, set.Seed, layout, loss, setting, Draw.Evaluation);
                }
            }
        }
    }

    /// <summary>What a setting is chosen for, seeds apart.</summary>
    private static (string, string, int, PromptLayout, PromptLoss?, int) Chosen(RunKey key) =>
        (key.Method, key.Task, key.Shots, key.Layout, key.Loss, key.TrainSeed);

    private long QueriesOf(RunKey key) => TaskOf(key).RowsOf(key.Draw).Count + 1;

    private PlannedTask TaskOf(RunKey key) => plan.Tasks.First(task => task.Data.Name == key.Task);

    /// <summary>Runs that are alike but for their settings, which share passes.</summary>
    private static IEnumerable<RunKey[]> Groups(IEnumerable<RunKey> keys) => keys.GroupBy(key => key with { Setting = null }).Select(group => group.ToArray());

    private static string NameOf(RunKey[] group) => FormattableString.Invariant(
        $"{group[0].Method}, {group[0].Task}, {group[0].Shots} shots of seed {group[0].TrainSeed}, {group[0].Layout}, {group[0].Loss?.ToString() ?? "no loss"}, {group[0].Draw}");

    /// <summary>Runs groups, unless others do; whether all are finished.</summary>
    private bool RunAll(IEnumerable<RunKey> keys, IWorkers workers)
    {
        RunKey[][] groups = [.. Groups(keys)];
        done += groups.SelectMany(group => group).Where(key => Find(key) is not null).Sum(QueriesOf);
        WorkUnit[] units =
        [
            .. groups.Select(group => new WorkUnit(NameOf(group), () => group.All(key => Find(key) is not null), token =>
            {
                cancellation = token;
                Run(group);
            })
            {
                Kind = $"{group[0].Method}, {group[0].Loss}",
            }),
        ];
        if (!workers.Run(units, cancellation))
            return false;
        runs.AddRange(groups.SelectMany(group => group).Select(key => Find(key)!));
        return true;
    }

    private InContextRun? Find(RunKey key) => finished.GetValueOrDefault(key) ?? log?.Find(key);

    private void Run(RunKey[] group)
    {
        cancellation.ThrowIfCancellationRequested();
        RunKey[] missing = [.. group.Where(key => Find(key) is null)];
        long before = done;
        progress?.Report(new InContextProgress(done, total, group[0]));
        foreach (InContextRun[] together in Compute(missing))
        {
            log?.Add(together);
            foreach (InContextRun run in together)
                finished[run.Key] = run;
        }

        done = before + missing.Sum(QueriesOf);
        progress?.Report(new InContextProgress(done, total, group[^1]));
    }

    private InContextMethod MethodOf(RunKey key) => key.Method == Auxiliary ? methods[0] : methods.First(method => method.Name == key.Method);

    /// <summary>Computes runs that are alike but for their settings; those that share passes are finished together.</summary>
    private IEnumerable<InContextRun[]> Compute(RunKey[] keys)
    {
        if (keys.Length == 0)
            yield break;
        RunKey first = keys[0];
        PlannedTask task = TaskOf(first);
        DemonstrationSet set = task.Demonstrations.First(set => set.Shots == first.Shots && set.Seed == first.TrainSeed);
        PromptBuilder builder = plan.BuilderOf(task.Data, first.Layout, first.Loss ?? PromptLoss.Context);
        IReadOnlyList<int> rows = task.RowsOf(first.Draw);
        int[] labels = [.. rows.Select(row => task.Data.Test.Rows[row].Label)];
        InContextMethod method = MethodOf(first);

        // What demonstrations were learned once is scored without those that a query does not see.
        bool isOnce = first.Setting is not null && method.LearnsOnce is not null;
        IReadOnlyList<LabelledText> seen = isOnce && first.Layout == PromptLayout.Separate ? [] : set.Texts;
        QueryPrompts[] queries = [.. rows.Select(row => builder.BuildAll(seen, task.Data.Test.Rows[row].Text)), builder.BuildAll(seen, text: null)];
        ISimulator simulator = method.Simulator;
        InContextRun Finished(RunKey key, double[][] scores) => new(key, rows, labels, scores[..^1], scores[^1]);

        if (first.Setting is null)
        {
            yield return [Finished(first, PromptScorer.Score(simulator, queries, cancellation))];
        }
        else if (method.LearnsOnce is { } learnOnce)
        {
            IReadOnlyList<LearnedText> texts = plan.LearnedTextsOf(task.Data, set, first.Layout, first.Loss!.Value);
            foreach (RunKey key in keys)
            {
                using ISimulator learned = learnOnce(texts, SettingOf(key).Of(new RunOptions { CancellationToken = cancellation }));
                yield return [Finished(key, PromptScorer.Score(learned, queries, cancellation))];
            }
        }
        else if (first.Loss == PromptLoss.Label && simulator is ILearningSimulator learner && SharedPart(queries) is { } part)
        {
            // One update for all queries: the labels that are learned stand in front of every query.
            foreach (RunKey key in keys)
            {
                RunOptions options = SettingOf(key).Of(new RunOptions { CancellationToken = cancellation });
                using ILearningSimulator learned = learner.Learn(part.ToBatch(), options);
                yield return [Finished(key, PromptScorer.Score(learned, queries, cancellation))];
            }
        }
        else
        {
            foreach (RunKey[] together in simulator.SharesPasses ? [keys] : keys.Chunk(1))
            {
                double[][][] scores = Each(simulator, queries, together);
                yield return [.. together.Select((key, index) => Finished(key, [.. scores.Select(query => query[index])]))];
            }
        }
    }

    /// <summary>Scores after inner steps on each query's own prompts, [queries][settings][classes].</summary>
    private double[][][] Each(ISimulator simulator, QueryPrompts[] queries, RunKey[] keys)
    {
        RunSetting[] settings = [.. keys.Select(SettingOf)];
        double[][][] scores = new double[queries.Length][][];
        for (int query = 0; query < queries.Length; query++)
        {
            scores[query] = PromptScorer.RunEach(simulator, queries[query], settings, cancellation);
            done += keys.Length;
            progress?.Report(new InContextProgress(done, total, keys[^1]));
        }

        return scores;
    }

    private static RunSetting SettingOf(RunKey key) => new()
    {
        LearningRate = key.Setting!.Value.LearningRate,
        Steps = key.Setting.Value.Steps,
        TrainedLayers = key.Setting.Value.Layers,
    };

    /// <summary>What all queries learn from, if that is the same.</summary>
    private static Prompt? SharedPart(QueryPrompts[] queries)
    {
        Prompt? first = queries[0].Prompts[0].LearnedPart();
        return first is not null && queries.SelectMany(query => query.Prompts).All(prompt => prompt.LearnedPart() is { } part && part.IsSame(first))
            ? first
            : null;
    }

    private IEnumerable<Choice> Choices()
    {
        bool perSeed = plan.Options.Selection == Selection.Oracle;
        var groups = runs.Where(run => run.Key is { Setting: not null, Draw: Draw.Evaluation })
            .GroupBy(run => (run.Key.Method, run.Key.Task, run.Key.Shots, Seed: perSeed ? run.Key.TrainSeed : (int?)null, run.Key.Layout, run.Key.Loss));
        foreach (var group in groups)
        {
            foreach (Calibration calibration in plan.Calibrations)
            {
                (InnerSetting Setting, double Accuracy)[] settings =
                [
                    .. group.GroupBy(run => run.Key.Setting!.Value)
                        .Select(alike => (alike.Key, alike.Average(run => run.Predict(calibration).Accuracy))),
                ];

                // The first of equals, and a diverged one only if all are.
                (InnerSetting setting, double accuracy) = settings.MaxBy(each => double.IsNaN(each.Accuracy) ? -1 : each.Accuracy);
                yield return new Choice(
                    group.Key.Method,
                    group.Key.Task,
                    group.Key.Shots,
                    group.Key.Seed,
                    group.Key.Layout,
                    group.Key.Loss!.Value,
                    calibration,
                    setting,
                    accuracy,
                    group.Count(run => run.Predict(calibration).IsDiverged),
                    settings.Length);
            }
        }
    }
}
