using System.CommandLine;
using System.CommandLine.Parsing;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Jobs;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reference.Weights;

namespace TinT.Cli.Commands;

/// <summary><c>tint eval icl</c>: classification with demonstrations in the context, before and after inner steps on the prompt.</summary>
internal sealed class EvalIclCommand : Command, IHasExample
{
    private const string Needed =
        "Hugging Face model directory: config.json and weights, model.safetensors or pytorch_model.bin or their shards. Needed without --demo.";

    private readonly CommandContext context;
    private readonly SimulatorArguments simulator = new(Needed, specIsOptional: true);
    private readonly Option<bool> demo = new("--demo")
    {
        Description = "Runs a small model that ships on invented tasks that ship, with exact SGD beside, in about a minute; no SPEC, no --checkpoint and no --data.",
    };

    private readonly Option<string?> data = new FileOption<string?>("--data", FileRole.InputDirectory)
    {
        HelpName = "DIR",
        Description = "Data: TASK/train.* and TASK/test.*, as .jsonl, .csv or .tsv, with a text and the index of its class in each row. Needed without --demo.",
    };

    private readonly Option<string[]> tasks = Words(
        "--task", "NAME,…", "Tasks of the paper: Subj, AGNews, SST2, CR, MR, MPQA, AmazonPolarity, YelpPolarity. Default: those whose data are there.");
    private readonly Option<string[]> taskFiles = new FileOption<string[]>("--task-file", FileRole.Input)
    {
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
        Description = "JSON files that describe tasks of your own: name, template, premise, labels, separator.",
    };

    private readonly Option<int?> template = CommonArguments.WholeNumber(
        "--template", "Number of the known tasks' template: 0 words, 1 signs instead of words, 2 other words. Default: 0.", most: 2);
    private readonly Option<string?> tokenizer = CommonArguments.Tokenizer();
    private readonly Option<int[]> shots = CommonArguments.WholeNumbers("--shots", "Numbers of demonstrations. Default: 0,32.");
    private readonly Option<string[]> layouts = Words(
        "--layout", "single,multi", "What examples see of each other: each alone, or all as one text. Default: both.");
    private readonly Option<string[]> losses = Words(
        "--loss", "context,label", "What is learned: the whole prompt, or the labels of the demonstrations. Default: both.");
    private readonly Option<int[]> trainSeeds = CommonArguments.WholeNumbers("--train-seed", "Seeds of the draws of demonstrations. Default: 1,2,3.");
    private readonly Option<int?> evaluationSeed = CommonArguments.WholeNumber(
        "--eval-seed", "Seed of the draw of queries that settings are chosen on. Default: 0.");
    private readonly Option<int?> testSeed = CommonArguments.WholeNumber("--test-seed", "Seed of the draw of queries that is reported. Default: 10.");
    private readonly Option<int?> samples = CommonArguments.Count("--eval-samples", "Queries of each draw, as many of each class. Default: 200.");
    private readonly Option<double[]> learningRates = CommonArguments.Numbers(
        "--learning-rate", "A,B,…", "Inner learning rates to try. Default: 1e-5,1e-6,1e-7 for the context loss and 1e-3,1e-4,1e-5 for the label loss.");

    private readonly Option<int[]> layers = CommonArguments.Counts(
        "--layers", "Numbers of trained layers to try, each with the steps in the same place of --steps. Default: all, half and a quarter of the spec's.");
    private readonly Option<int[]> steps = CommonArguments.Counts(
        "--steps", "Numbers of inner steps to try. Default: 1, 2 and 4, as far as the spec has them.");
    private readonly Option<string?> select = Word("--select", "held-out|oracle", "Chooses settings on other queries than those reported, or on the same, as the authors did. Default: held-out.", "held-out", "oracle");
    private readonly Option<string?> tooLong = Word(
        "--too-long", "error|drop|cut", "What happens where prompts are longer than the context: nothing is run; demonstrations are left out; or tokens are, as the authors did. Default: error.", "error", "drop", "cut");

    private readonly Option<int?> maxLength = CommonArguments.Count("--max-length", "Most tokens of a prompt. Default: the model's context.");
    private readonly Option<string?> compatibility = Word(
        "--compatibility", "default|authors", "'authors' repeats the authors' prompts slip for slip. Default: default.", "default", "authors");
    private readonly Option<string?> exact = Word(
        "--exact", "blocks|subset|all", "Also runs exact SGD on each prompt – with --compatibility authors once for each set of demonstrations, their dynamic evaluation –, of the trained blocks whole, the subset that TinT updates, or all parameters. Default: not.", "blocks", "subset", "all");

    private readonly Option<int?> limit = CommonArguments.Count("--limit", "Runs only the first N queries of each draw.");
    private readonly Option<string[]> calibrations = Words(
        "--calibration", "plain,pmi", "Compares log-probabilities of labels as they are, or less those behind the premise without a text. Default: both.");

    private readonly Option<string?> second = new FileOption<string?>("--second", FileRole.InputDirectory)
    {
        HelpName = "DIR",
        Description = "Another model directory of the same tokenizer, whose model is scored beside without learning.",
    };

    private readonly Option<string?> secondSpec =
        new FileOption<string?>("--second-spec", FileRole.Input) { HelpName = "FILE", Description = "Its spec. Default: SPEC." };
    private readonly Option<int?> showPrompts = CommonArguments.Count(
        "--show-prompts", "Shows the first N prompts of each task, token by token, with --html as a page too, and runs nothing.");
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Counts tokens, runs and passes, and runs nothing." };
    private readonly Option<string?> log = CommonArguments.Log("runs");
    private readonly Option<string[]> merge = CommonArguments.MergedLogs();
    private readonly Option<string?> shard = CommonArguments.Shard(
        "Runs the Ith of N parts of the runs only; give each process its own --log, and merge them for the chosen settings and the reports.");

    private readonly Option<string?> samplesFile = new FileOption<string?>("--samples", FileRole.AppendedFile)
    {
        HelpName = "FILE",
        Description = "Appends a JSON line for each query of each finished run, of the logs too: prompt, scores and predictions before and after.",
    };

    private readonly Option<string?> markdown = CommonArguments.OutputFile("--markdown", "Also writes the tables as Markdown.");
    private readonly Option<string?> latex = CommonArguments.OutputFile("--latex", "Also writes the main table as LaTeX.");
    private readonly Option<string?> html = CommonArguments.OutputFile("--html", "Also writes a page with tables and plots.");
    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the results as JSON.");
    private readonly Option<string?> csv = CommonArguments.OutputFile("--csv", "Also writes every run as comma-separated values.");

    /// <summary>Creates the command.</summary>
    public EvalIclCommand(CommandContext context)
        : base("icl", "Few-shot classification by the auxiliary model, before and after inner steps on the prompt: the paper's second table.")
    {
        this.context = context;
        simulator.AddModelTo(this);
        foreach (Option option in (Option[])
            [
                data, demo, tasks, taskFiles, template, tokenizer, shots, layouts, losses, trainSeeds, evaluationSeed, testSeed, samples, learningRates, layers, steps, select, tooLong,
                maxLength, compatibility, calibrations, limit, exact, second, secondSpec, showPrompts, dryRun,
            ])
        {
            Add(option);
        }

        simulator.AddRunTo(this);
        foreach (Option option in (Option[])[log, merge, shard, samplesFile, json, csv, markdown, latex, html])
            Add(option);
        Validators.Add(CheckModelAndData);
        SetAction(Evaluate);
    }

    /// <inheritdoc/>
    public string Example =>
        "tint eval icl specs/opt-125m.tint.yaml --checkpoint models/opt-125m --data classification \\\n"
        + "  --task SST2,MPQA --shots 0,8 --eval-samples 100 --log sst2.log --json result.json";

    private static Option<string[]> Words(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => [.. result.Tokens.SelectMany(
            token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    private static Option<string?> Word(string name, string helpName, string description, params string[] words)
    {
        Option<string?> option = new(name) { HelpName = helpName, Description = description };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>The demonstration brings its model and its data; without it both are named.</summary>
    private void CheckModelAndData(CommandResult result)
    {
        bool IsGiven(Symbol symbol) => symbol is Argument argument ? result.GetResult(argument)?.Tokens.Count > 0 : result.GetResult((Option)symbol) is not null;
        Symbol[] needed = [simulator.Spec, simulator.Checkpoint, data];
        if (!IsGiven(demo))
        {
            string[] missing = [.. needed.Where(symbol => !IsGiven(symbol)).Select(symbol => symbol.Name)];
            if (missing.Length > 0)
                result.AddError($"{string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing; name the model and the data, or use --demo for those that ship.");
        }
        else if (needed.Concat([tasks, taskFiles, template, tokenizer, second, secondSpec]).FirstOrDefault(IsGiven) is { } surplus)
        {
            result.AddError($"--demo has a model and data of its own: leave {surplus.Name} or --demo out.");
        }
    }

    private int Evaluate(ParseResult arguments)
    {
        bool isDemo = arguments.GetValue(demo);
        InContextOptions defaults = isDemo ? InContextDemo.Options : new();
        SimulatorChoice choice = simulator.Read(arguments);
        return InContextJob.Run(context, new InContextRequest
        {
            IsDemo = isDemo,
            Simulator = isDemo ? choice with { Spec = InContextDemo.Spec, Checkpoint = InContextDemo.Checkpoint } : choice,
            Data = isDemo ? InContextDemo.Data : arguments.GetRequiredValue(data)!,
            Tasks = arguments.GetValue(tasks) ?? [],
            TaskFiles = isDemo ? InContextDemo.TaskFiles : arguments.GetValue(taskFiles) ?? [],
            Template = arguments.GetValue(template) ?? 0,
            Tokenizer = arguments.GetValue(tokenizer),
            Options = new InContextOptions
            {
                Shots = Or(arguments.GetValue(shots), defaults.Shots),
                Layouts = Or(Chosen(arguments, layouts, ("single", PromptLayout.Separate), ("multi", PromptLayout.Joint)), defaults.Layouts),
                Losses = Or(Chosen(arguments, losses, ("context", PromptLoss.Context), ("label", PromptLoss.Label)), defaults.Losses),
                TrainSeeds = Or(arguments.GetValue(trainSeeds), defaults.TrainSeeds),
                EvaluationSeed = arguments.GetValue(evaluationSeed) ?? defaults.EvaluationSeed,
                TestSeed = arguments.GetValue(testSeed) ?? defaults.TestSeed,
                EvaluationSamples = arguments.GetValue(samples) ?? defaults.EvaluationSamples,
                LearningRates = arguments.GetValue(learningRates) is { Length: > 0 } rates ? rates : defaults.LearningRates,
                Depths = Or(Depths(arguments.GetValue(layers) ?? [], arguments.GetValue(steps) ?? []), defaults.Depths),
                Selection = arguments.GetValue(select) == "oracle" ? Selection.Oracle : Selection.HeldOut,
                LongPrompts = arguments.GetValue(tooLong) switch
                {
                    "drop" => LongPrompts.Drop,
                    "cut" => LongPrompts.Cut,
                    _ => LongPrompts.Refuse,
                },
                MaxTokens = arguments.GetValue(maxLength),
                Authors = arguments.GetValue(compatibility) == "authors",
                Limit = arguments.GetValue(limit),
                Calibrations = Or(Chosen(arguments, calibrations, ("plain", Calibration.Plain), ("pmi", Calibration.Pmi)), defaults.Calibrations),
            },
            Exact = arguments.GetValue(exact) switch
            {
                "blocks" => ParameterSubset.TopBlocks,
                "subset" => ParameterSubset.TintSubset,
                "all" => ParameterSubset.All,
                _ => isDemo ? ParameterSubset.TopBlocks : null,
            },
            Second = arguments.GetValue(second),
            SecondSpec = arguments.GetValue(secondSpec),
            ShowPrompts = arguments.GetValue(showPrompts),
            DryRun = arguments.GetValue(dryRun),
            LogPath = arguments.GetValue(log),
            MergedPaths = arguments.GetValue(merge) ?? [],
            Shard = arguments.GetValue(shard) is { } part ? ShardChoice.Parse(part) : null,
            SamplesPath = arguments.GetValue(samplesFile),
            JsonPath = arguments.GetValue(json),
            CsvPath = arguments.GetValue(csv),
            MarkdownPath = arguments.GetValue(markdown),
            LatexPath = arguments.GetValue(latex),
            HtmlPath = arguments.GetValue(html),
        });
    }

    private static IReadOnlyList<T> Or<T>(IReadOnlyList<T>? values, IReadOnlyList<T> defaults) => values is { Count: > 0 } ? values : defaults;

    private static T[] Chosen<T>(ParseResult arguments, Option<string[]> option, params (string Word, T Value)[] words) =>
    [
        .. (arguments.GetValue(option) ?? []).Select(text => words.Any(word => word.Word == text)
            ? words.First(word => word.Word == text).Value
            : throw new UsageException($"{option.Name} is {string.Join(" or ", words.Select(word => word.Word))}, not '{text}'.")),
    ];

    /// <summary>Layers and steps in pairs; a single one goes with each of the others, and layers alone with one step.</summary>
    private static (int Layers, int Steps)[] Depths(int[] layers, int[] steps)
    {
        if (layers.Length == 0 && steps.Length == 0)
            return [];
        if (layers.Length == 0)
            throw new UsageException("--steps needs --layers beside it, as many or one.");
        if (steps.Length == 0)
            steps = [1];
        if (layers.Length != steps.Length && layers.Length != 1 && steps.Length != 1)
            throw new UsageException(FormattableString.Invariant(
                $"--layers has {layers.Length} values and --steps {steps.Length}; they go in pairs, so give as many of each, or one of either."));
        return [.. Enumerable.Range(0, Math.Max(layers.Length, steps.Length)).Select(
            index => (layers[Math.Min(index, layers.Length - 1)], steps[Math.Min(index, steps.Length - 1)]))];
    }
}
