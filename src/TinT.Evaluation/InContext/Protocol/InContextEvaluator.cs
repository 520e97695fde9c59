using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Scoring;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>Classifies texts by an auxiliary model with demonstrations in its context, before and after inner steps on the prompt.</summary>
/// <remarks>
/// Source: the classification experiments of the TinT paper (arXiv 2307.01189). No work is done twice: scores before are those of all settings, and what learns labels
/// only learns them once for all queries.
/// </remarks>
public sealed class InContextEvaluator
{
    /// <summary>Name of the model that does not learn.</summary>
    public const string Auxiliary = "auxiliary";

    private readonly InContextPlan plan;
    private readonly IReadOnlyList<InContextMethod> methods;
    private readonly IRunLog? log;
    private readonly IProgress<InContextProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly List<InContextRun> runs = [];
    private readonly TimeProvider clock;
    private long total;
    private long done;

    private InContextEvaluator(
        InContextPlan plan,
        IReadOnlyList<InContextMethod> methods,
        IRunLog? log,
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
        IRunLog? log = null,
        IProgress<InContextProgress>? progress = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentOutOfRangeException.ThrowIfZero(methods.Count);
        return new InContextEvaluator(plan, methods, log, progress, timeProvider ?? TimeProvider.System, cancellationToken).Evaluate();
    }

    private InContextResult Evaluate()
    {
        long start = clock.GetTimestamp();
        RunKey[] grid = [.. plan.Tasks.SelectMany(task => task.Demonstrations.SelectMany(set => KeysOf(task, set)))];
        total = grid.Sum(QueriesOf) + (plan.Options.Selection == Selection.HeldOut ? grid.Where(key => key.Setting is not null).DistinctBy(Chosen).Sum(QueriesOf) : 0);
        foreach (RunKey key in grid)
            Run(key);
        Choice[] choices = [.. Choices()];
        if (plan.Options.Selection == Selection.HeldOut)
        {
            foreach (RunKey key in choices.SelectMany(choice => ReportedKeys(plan, choice)).Distinct())
                Run(key);
        }

        return new InContextResult(
            plan,
            [.. methods.Where(method => method.Learns).Select(method => method.Name)],
            [.. methods.Where(method => !method.Learns).Select(method => method.Name)],
            runs,
            choices,
            clock.GetElapsedTime(start));
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

    private IEnumerable<RunKey> KeysOf(PlannedTask task, DemonstrationSet set)
    {
        foreach (PromptLayout layout in plan.LayoutsOf(set.Shots))
        {
            foreach (string model in methods.Where(method => !method.Learns).Select(method => method.Name).Prepend(Auxiliary))
            {
                foreach (Draw draw in plan.Draws)
                    yield return new RunKey(model, task.Data.Name, set.Shots, set.Seed, layout, null, null, draw);
            }

            foreach (InContextMethod method in methods.Where(method => method.Learns))
            {
                foreach (PromptLoss loss in plan.LossesOf(set.Shots))
                {
                    foreach (InnerSetting setting in plan.SettingsOf(loss, mean: method.LearnsOnce is not null))
                        yield return new RunKey(method.Name, task.Data.Name, set.Shots, set.Seed, layout, loss, setting, Draw.Evaluation);
                }
            }
        }
    }

    /// <summary>What a setting is chosen for, seeds apart.</summary>
    private static (string, string, int, PromptLayout, PromptLoss?, int) Chosen(RunKey key) =>
        (key.Method, key.Task, key.Shots, key.Layout, key.Loss, key.TrainSeed);

    private long QueriesOf(RunKey key) => TaskOf(key).RowsOf(key.Draw).Count + 1;

    private PlannedTask TaskOf(RunKey key) => plan.Tasks.First(task => task.Data.Name == key.Task);

    private void Run(RunKey key)
    {
        cancellation.ThrowIfCancellationRequested();
        long before = done;
        progress?.Report(new InContextProgress(done, total, key));
        InContextRun? run = log?.Find(key);
        if (run is null)
        {
            run = Compute(key);
            log?.Add(run);
        }

        runs.Add(run);
        done = before + QueriesOf(key);
        progress?.Report(new InContextProgress(done, total, key));
    }

    private InContextMethod MethodOf(RunKey key) => key.Method == Auxiliary ? methods[0] : methods.First(method => method.Name == key.Method);

    private InContextRun Compute(RunKey key)
    {
        PlannedTask task = TaskOf(key);
        DemonstrationSet set = task.Demonstrations.First(set => set.Shots == key.Shots && set.Seed == key.TrainSeed);
        PromptBuilder builder = plan.BuilderOf(task.Data, key.Layout, key.Loss ?? PromptLoss.Context);
        IReadOnlyList<int> rows = task.RowsOf(key.Draw);
        InContextMethod method = MethodOf(key);
        double[][] scores = key.Setting is not { } setting
            ? PromptScorer.Score(method.Simulator, Queries(set.Texts), cancellation)
            : method.LearnsOnce is { } learn
            ? AfterOnce(learn, plan.LearnedTextsOf(task.Data, set, key.Layout, key.Loss!.Value), Queries(key.Layout == PromptLayout.Joint ? set.Texts : []), setting)
            : After(method.Simulator, Queries(set.Texts), key, setting);
        return new InContextRun(key, rows, [.. rows.Select(row => task.Data.Test.Rows[row].Label)], scores[..^1], scores[^1]);

        QueryPrompts[] Queries(IReadOnlyList<LabelledText> demonstrations) =>
            [.. rows.Select(row => builder.BuildAll(demonstrations, task.Data.Test.Rows[row].Text)), builder.BuildAll(demonstrations, text: null)];
    }

    /// <summary>Scores after the demonstrations were learned once for all queries.</summary>
    private double[][] AfterOnce(
        Func<IReadOnlyList<LearnedText>, RunOptions, ISimulator> learn, IReadOnlyList<LearnedText> texts, QueryPrompts[] queries, InnerSetting setting)
    {
        using ISimulator learned = learn(texts, OptionsOf(setting));
        return PromptScorer.Score(learned, queries, cancellation);
    }

    private RunOptions OptionsOf(InnerSetting setting) =>
        new() { LearningRate = setting.LearningRate, Steps = setting.Steps, TrainedLayers = setting.Layers, CancellationToken = cancellation };

    /// <summary>Scores after inner steps: one update for all queries where only labels are learned, which stand in front of every query; else one for each.</summary>
    private double[][] After(ISimulator simulator, QueryPrompts[] queries, RunKey key, InnerSetting setting)
    {
        RunOptions options = OptionsOf(setting);
        if (key.Loss == PromptLoss.Label && simulator is ILearningSimulator learner && SharedPart(queries) is { } part)
        {
            using ILearningSimulator learned = learner.Learn(part.ToBatch(), options);
            return PromptScorer.Score(learned, queries, cancellation);
        }

        double[][] scores = new double[queries.Length][];
        for (int query = 0; query < queries.Length; query++)
        {
            scores[query] = PromptScorer.Run(simulator, queries[query], options).After;
            progress?.Report(new InContextProgress(++done, total, key));
        }

        return scores;
    }

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
