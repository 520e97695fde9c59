using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Sampling;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers;
using TinT.Model;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>What an evaluation will run: draws and demonstrations, checked before the first run.</summary>
public sealed class InContextPlan
{
    private static readonly int[] depthSteps = [1, 2, 4];

    private InContextPlan(
        InContextOptions options, ITokenizer tokenizer, IReadOnlyList<PlannedTask> tasks, IReadOnlyList<(int Layers, int Steps)> depths, int maxTokens)
    {
        Options = options;
        Tokenizer = tokenizer;
        Tasks = tasks;
        Depths = depths;
        MaxTokens = maxTokens;
    }

    /// <summary>The protocol.</summary>
    public InContextOptions Options { get; }

    /// <summary>The model's tokenizer.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>The tasks.</summary>
    public IReadOnlyList<PlannedTask> Tasks { get; }

    /// <summary>Trained layers with inner steps.</summary>
    public IReadOnlyList<(int Layers, int Steps)> Depths { get; }

    /// <summary>Most tokens of a prompt.</summary>
    public int MaxTokens { get; }

    /// <summary>What scores are compared.</summary>
    public IReadOnlyList<Calibration> Calibrations => Options.Calibrations;

    /// <summary>Draws that the auxiliary model scores.</summary>
    public IReadOnlyList<Draw> Draws => Options.Selection == Selection.HeldOut ? [Draw.Evaluation, Draw.Test] : [Draw.Evaluation];

    /// <summary>The draw that is reported.</summary>
    public Draw Reported => Draws[^1];

    /// <summary>Draws and checks everything that needs no model.</summary>
    /// <param name="tasks">The tasks with their data.</param>
    /// <param name="options">The protocol.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="description">What is simulated: its context, layers and steps.</param>
    /// <exception cref="EvaluationException">Options contradict each other, or prompts are too long.</exception>
    /// <exception cref="DataSetException">There are too few rows.</exception>
    public static InContextPlan Create(IReadOnlyList<TaskData> tasks, InContextOptions options, ITokenizer tokenizer, SimulatorDescription description)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(description);
        Check(tasks, options);
        int context = description.Auxiliary.MaxPositionEmbeddings;
        int most = options.MaxTokens ?? context;
        if (most > context || most < 2)
            throw new EvaluationException(
                FormattableString.Invariant($"Prompts of {most} tokens do not fit the context of {description.Model}, which is 2 to {context} here."));
        (int, int)[] depths = [.. options.Depths.Count > 0 ? options.Depths : DefaultDepths(description.Training)];
        return new InContextPlan(options, tokenizer, [.. tasks.Select(task => Plan(task, options, tokenizer, most))], depths, most);
    }

    /// <summary>Layouts of a set of demonstrations; without any all are the same.</summary>
    /// <param name="shots">Demonstrations.</param>
    public IReadOnlyList<PromptLayout> LayoutsOf(int shots) => shots == 0 ? [PromptLayout.Separate] : Options.Layouts;

    /// <summary>Losses that learn something from a set of demonstrations: labels only if there are any.</summary>
    /// <param name="shots">Demonstrations.</param>
    public IReadOnlyList<PromptLoss> LossesOf(int shots) => shots == 0 ? [.. Options.Losses.Where(loss => loss == PromptLoss.Context)] : Options.Losses;

    /// <summary>The settings of a loss, each rate with each depth.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="mean">Whether the loss is the mean over targets, not their sum.</param>
    public IReadOnlyList<InnerSetting> SettingsOf(PromptLoss loss, bool mean = false) =>
        [.. from depth in Depths from rate in Options.RatesOf(loss, mean) select new InnerSetting(depth.Layers, depth.Steps, rate)];

    /// <summary>Builds the prompts of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="layout">What examples see of each other.</param>
    /// <param name="loss">What is learned.</param>
    public PromptBuilder BuilderOf(TaskData task, PromptLayout layout, PromptLoss loss)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new PromptBuilder(Tokenizer, task.Template, PromptOptionsOf(Options, layout, loss, MaxTokens));
    }

    /// <summary>The demonstrations of a set as the authors' dynamic evaluation learns them, once for all queries.</summary>
    /// <param name="task">The task.</param>
    /// <param name="set">The demonstrations.</param>
    /// <param name="layout">What examples see of each other.</param>
    /// <param name="loss">What is learned.</param>
    public IReadOnlyList<LearnedText> LearnedTextsOf(TaskData task, DemonstrationSet set, PromptLayout layout, PromptLoss loss)
    {
        ArgumentNullException.ThrowIfNull(set);
        return DynamicEvaluation.TextsOf(
            BuilderOf(task, layout, loss).BuildAll(set.Texts, text: null),
            PromptOptionsOf(Options, layout, loss, MaxTokens),
            Tokenizer.StartIds is [int id] ? id : null);
    }

    private static PromptOptions PromptOptionsOf(InContextOptions options, PromptLayout layout, PromptLoss loss, int most) => new(layout, loss)
    {
        StartId = options.StartId,
        Authors = options.Authors,
        CutTokens = options.LongPrompts == LongPrompts.Cut ? most : null,
    };

    /// <summary>L, L/2 and L/4 layers with 1, 2 and 4 steps, as far as the spec has them.</summary>
    private static IEnumerable<(int Layers, int Steps)> DefaultDepths(TrainingDescription training) =>
        depthSteps.Where(steps => steps <= training.Steps && training.Layers % steps == 0).Select(steps => (training.Layers / steps, steps));

    private static void Check(IReadOnlyList<TaskData> tasks, InContextOptions options)
    {
        Once(tasks.Select(task => task.Name), "task");
        Once(options.Shots, "number of shots");
        Once(options.Layouts, "layout");
        Once(options.Losses, "loss");
        Once(options.TrainSeeds, "train seed");
        Once(options.Calibrations, "calibration");
        foreach (PromptLoss loss in options.Losses)
            Once(options.RatesOf(loss), "learning rate");
        if (options.Depths.Count > 0)
            Once(options.Depths, "pair of layers and steps");
        if (options.EvaluationSamples < 1 || options.Shots.Any(shots => shots < 0))
            throw new EvaluationException("Numbers of shots are numbers from 0, those of samples from 1.");
        if (options.TrainSeeds.Append(options.EvaluationSeed).Append(options.TestSeed).Any(seed => seed < 0))
            throw new EvaluationException("Seeds are numbers from 0.");
        foreach (double rate in options.Losses.SelectMany(loss => options.RatesOf(loss)))
        {
            if (!(double.IsFinite(rate) && rate >= 0))
                throw new EvaluationException(FormattableString.Invariant($"A learning rate must be a number from 0, not {rate}."));
        }

        static void Once<T>(IEnumerable<T> values, string name)
        {
            T[] all = [.. values];
            if (all.Length == 0)
                throw new EvaluationException($"There is no {name}; give at least one.");
            if (all.Distinct().Count() < all.Length)
                throw new EvaluationException($"A {name} is given twice; give each once.");
        }
    }

    private static PlannedTask Plan(TaskData task, InContextOptions options, ITokenizer tokenizer, int most)
    {
        int classes = task.Template.ClassCount;
        int[] evaluation = BalancedDraw.Of(task.Test, classes, options.EvaluationSamples, (uint)options.EvaluationSeed);
        int[] test = options.Selection == Selection.Oracle
            ? evaluation
            : BalancedDraw.Of(task.Test, classes, options.EvaluationSamples, (uint)options.TestSeed, left: evaluation.ToHashSet());
        if (options.Limit is { } limit)
            (evaluation, test) = ([.. evaluation.Take(limit)], [.. test.Take(limit)]);
        string?[] queries = [null, .. evaluation.Union(test).Select(row => task.Test.Rows[row].Text)];
        PromptBuilder builder = new(tokenizer, task.Template, PromptOptionsOf(options, PromptLayout.Joint, PromptLoss.Context, most));
        List<DemonstrationSet> sets = [];
        foreach (int shots in options.Shots)
        {
            foreach (int seed in shots == 0 ? options.TrainSeeds.Take(1) : options.TrainSeeds)
            {
                int[] drawn = BalancedDraw.Of(task.Training, classes, shots, (uint)seed);
                DemonstrationSet set = SetOf(drawn);
                if (set.LongestPrompt > most)
                    set = Shorter(task, set, classes, most, options.LongPrompts, SetOf);
                sets.Add(set);

                DemonstrationSet SetOf(int[] rows)
                {
                    LabelledText[] texts = [.. rows.Select(row => task.Training.Rows[row])];
                    return new DemonstrationSet(shots, seed, rows, texts, queries.Max(query => builder.BuildAll(texts, query).TokenCount));
                }
            }
        }

        return new PlannedTask(task, evaluation, test, sets);
    }

    /// <summary>The set without the first drawn of each class, one of each class at a time, until the longest prompt fits.</summary>
    private static DemonstrationSet Shorter(
        TaskData task, DemonstrationSet whole, int classes, int most, LongPrompts longPrompts, Func<int[], DemonstrationSet> setOf)
    {
        DemonstrationSet set = whole;
        while (set.LongestPrompt > most && set.Rows.Count > 0)
        {
            HashSet<int> left = [.. Enumerable.Range(0, classes).Select(label => set.Rows.FirstOrDefault(row => task.Training.Rows[row].Label == label, -1))];
            set = setOf([.. set.Rows.Where(row => !left.Contains(row))]);
        }

        if (longPrompts == LongPrompts.Drop && set.LongestPrompt <= most)
            return set;
        string mend = set.LongestPrompt > most
            ? "not even without demonstrations do all fit; use shorter texts or a model with a longer context"
            : FormattableString.Invariant(
                $"{set.Rows.Count} demonstrations would fit: use --shots {set.Rows.Count}, --too-long drop, or a model with a longer context");
        throw new EvaluationException(FormattableString.Invariant(
            $"{task.Name}: a prompt with {whole.Shots} demonstrations (seed {whole.Seed}) has {whole.LongestPrompt} tokens, but {most} fit; {mend}."));
    }
}
