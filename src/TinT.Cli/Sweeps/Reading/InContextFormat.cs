using TinT.Compiler.Specs.Format;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reference.Weights;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>The section <c>in_context</c>. Its keys are the options of <c>tint eval icl</c>.</summary>
internal static class InContextFormat
{
    public static readonly TextKey Data = new("data", Required: true, "classification") { Description = "Folder of the tasks' data." };

    public static readonly SeveralKey<TextKey> Tasks = new(new TextKey("task", Required: false, "SST2")
    {
        Description = "Known tasks. Default: those of the paper whose data are there.",
        Synonyms = ["tasks"],
    });

    public static readonly SeveralKey<TextKey> TaskFiles = new(new TextKey("task_file", Required: false, "mine.json")
    {
        Description = "JSON files that describe tasks of your own.",
        Synonyms = ["task_files"],
    });

    public static readonly SeveralKey<IntegerKey> Templates = new(new IntegerKey("template", Required: false, 0, 2, "0")
    {
        Description = "Numbers of the known tasks' templates, each an evaluation of its own.",
        Synonyms = ["templates"],
    });

    public static readonly SeveralKey<IntegerKey> Shots = new(new IntegerKey("shots", Required: false, 0, 1 << 20, "32") { Description = "Numbers of demonstrations. Default: 0 and 32." });

    public static readonly SeveralKey<ChoiceKey<PromptLayout>> Layouts = new(new ChoiceKey<PromptLayout>(
        "layout", Required: false, [new("single", PromptLayout.Separate), new("multi", PromptLayout.Joint)], [])
    {
        Description = "What examples see of each other. Default: both.",
        Synonyms = ["layouts"],
    });

    public static readonly SeveralKey<ChoiceKey<PromptLoss>> Losses = new(new ChoiceKey<PromptLoss>(
        "loss", Required: false, [new("context", PromptLoss.Context), new("label", PromptLoss.Label)], [])
    {
        Description = "What is learned. Default: both.",
        Synonyms = ["losses"],
    });

    public static readonly SeveralKey<IntegerKey> TrainSeeds = new(new IntegerKey("train_seed", Required: false, 0, int.MaxValue, "1")
    {
        Description = "Seeds of the draws of demonstrations. Default: 1, 2 and 3.",
        Synonyms = ["train_seeds", "seed", "seeds"],
    });

    public static readonly IntegerKey EvaluationSeed = new("eval_seed", Required: false, 0, int.MaxValue, "0") { Description = "Seed of the queries that settings are chosen on.", Default = 0 };

    public static readonly IntegerKey TestSeed = new("test_seed", Required: false, 0, int.MaxValue, "10") { Description = "Seed of the queries that are reported.", Default = 10 };

    public static readonly IntegerKey EvaluationSamples = new("eval_samples", Required: false, 1, int.MaxValue, "200") { Description = "Queries of each draw.", Default = 200 };

    public static readonly IntegerKey Limit = new("limit", Required: false, 1, int.MaxValue, "20") { Description = "Most queries of a draw that are run. Default: all." };

    public static readonly SeveralKey<NumberKey> LearningRates = new(new NumberKey("learning_rate", Required: false, 0, 1e6, "1e-4")
    {
        Description = "Inner learning rates. Default: the paper's of each loss.",
        Synonyms = ["learning_rates", "lr", "rate", "rates"],
    });

    public static readonly SeveralKey<IntegerKey> Layers = new(new IntegerKey("layers", Required: false, 1, 1 << 10, "12")
    {
        Description = "Numbers of trained layers, each with the steps in the same place. Default: all, half and a quarter of the spec's.",
    });

    public static readonly SeveralKey<IntegerKey> Steps = new(new IntegerKey("steps", Required: false, 1, 1 << 10, "1")
    {
        Description = "Numbers of inner steps, as many as of layers, or one of either.",
    });

    public static readonly ChoiceKey<Selection> Select = new("select", Required: false, [new("held-out", Selection.HeldOut), new("oracle", Selection.Oracle)], [])
    {
        Description = "Chooses settings on other queries than those reported, or on the same.",
    };

    public static readonly ChoiceKey<LongPrompts> TooLong = new(
        "too_long", Required: false, [new("error", LongPrompts.Refuse), new("drop", LongPrompts.Drop), new("cut", LongPrompts.Cut)], [])
    {
        Description = "What happens where prompts are longer than the context.",
    };

    public static readonly IntegerKey MaxLength = new("max_length", Required: false, 2, 1 << 15, "1024") { Description = "Most tokens of a prompt. Default: the context." };

    public static readonly ChoiceKey<bool> Compatibility = new("compatibility", Required: false, [new("default", false), new("authors", true)], [])
    {
        Description = "'authors' repeats the authors' prompts slip for slip.",
    };

    public static readonly SeveralKey<ChoiceKey<Calibration>> Calibrations = new(new ChoiceKey<Calibration>(
        "calibration", Required: false, [new("plain", Calibration.Plain), new("pmi", Calibration.Pmi)], [])
    {
        Description = "What scores are compared. Default: both.",
        Synonyms = ["calibrations"],
    });

    public static readonly ChoiceKey<ParameterSubset?> Exact = new(
        "exact",
        Required: false,
        [new("none", null), new("blocks", ParameterSubset.TopBlocks), new("subset", ParameterSubset.TintSubset), new("all", ParameterSubset.All)],
        [])
    {
        Description = "What exact SGD beside TinT trains; slow.",
    };

    public static readonly SectionKey Section = new(
        "in_context",
        "in_context",
        Required: false,
        [
            Data, Tasks, TaskFiles, Templates, Shots, Layouts, Losses, TrainSeeds, EvaluationSeed, TestSeed, EvaluationSamples, Limit, LearningRates, Layers, Steps,
            Select, TooLong, MaxLength, Compatibility, Calibrations, Exact,
        ])
    {
        Description = "Few-shot classification, as 'tint eval icl' measures it.",
        Synonyms = ["icl"],
    };
}
