using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Jobs;
using TinT.Cli.Outcomes;
using TinT.Reference.Weights;

namespace TinT.Cli.Commands;

/// <summary><c>tint eval perplexity</c>: perplexity before and after the inner steps, with exact SGD beside.</summary>
internal sealed class EvalPerplexityCommand : Command, IHasExample
{
    private readonly CommandContext context;
    private readonly SimulatorArguments simulator = new(weights: "Exact SGD and the auxiliary model's own column are of the weights as they are. ");
    private readonly Option<string[]> text = CommonArguments.Texts(
        "UTF-8 text files, read one after another. Empty lines are dropped; the rest is cut into blocks.");

    private readonly Option<string?> tokenizer = CommonArguments.Tokenizer();
    private readonly Option<bool> specialTokens = CommonArguments.SpecialTokens();
    private readonly SweepArguments sweep = new()
    {
        TrainFractions = CommonArguments.Numbers(
            "--train-fraction", "A,B,…", "First parts of each block to train on, between 0 and 1; the rest is scored. Default: 0.5."),
        LearningRates = CommonArguments.Numbers(
            "--learning-rate", "A,B,…", "Inner learning rates to try; the best setting of each method is marked. Default: the spec's."),
        SeveralSteps = CommonArguments.Counts("--steps", "Inner SGD steps to try, up to those of the spec. Default: the spec's."),
        SeveralLayers = CommonArguments.Counts("--layers", "Trained layers to try, the top N, up to those of the spec. Default: the spec's."),
    };

    private readonly Option<string> exact = new("--exact")
    {
        HelpName = "blocks|subset|all|none",
        DefaultValueFactory = _ => "blocks",
        Description = "What exact SGD trains: the trained blocks whole, the subset that TinT updates, or all parameters; 'none' leaves its column out, which takes more than half of the time ('all' far more).",
    };

    private readonly Option<int?> blocks = CommonArguments.Count("--blocks", "Stop after this many blocks. Default: all.");
    private readonly Option<int?> blockSize = CommonArguments.Count("--block-size", "Tokens in a block. Default: the model's context length.");
    private readonly Option<int?> groupLines = CommonArguments.Count(
        "--group-lines", "Cut blocks within groups of this many lines, as the authors did with 1000. Default: the whole text is one group.");

    private readonly Option<int?> batch = CommonArguments.Count(
        "--batch", "Blocks given to a simulator at once; changes speed and memory only. Default: one for each thread, at most 16.");
    private readonly Option<bool> allowNonFinite = CommonArguments.AllowNonFinite("Methods whose perplexity is not finite at any learning rate");
    private readonly Option<string?> log = CommonArguments.Log("block runs");
    private readonly Option<string[]> merge = CommonArguments.MergedLogs();
    private readonly Option<bool> tokenLosses = new("--token-losses") { Description = "The log keeps the loss of each scored token." };
    private readonly Option<string?> shard = CommonArguments.Shard(
        "Runs every Nth block only, from block I on; give each process its own --log and merge them.");

    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the results as JSON.");
    private readonly Option<string?> html = CommonArguments.OutputFile("--html", "Also writes a page with plots and coloured texts.");
    private readonly Option<string?> plots = new FileOption<string?>("--plots", FileRole.OutputDirectory)
    {
        HelpName = "DIR",
        Description = "Also writes each plot there, as SVG.",
    };

    private readonly Option<string?> csv = CommonArguments.OutputFile("--csv", "Also writes the results as comma-separated values.");

    /// <summary>Creates the command.</summary>
    public EvalPerplexityCommand(CommandContext context)
        : base("perplexity", "Perplexity of the auxiliary model, of exact SGD on the first part of each block, and of TinT.")
    {
        this.context = context;
        text.Required = true;
        text.Arity = ArgumentArity.OneOrMore;
        exact.AcceptOnlyFromAmong("blocks", "subset", "all", "none");
        simulator.AddModelTo(this);
        Add(text);
        Add(tokenizer);
        Add(specialTokens);
        Add(sweep.TrainFractions);
        Add(sweep.LearningRates);
        Add(exact);
        Add(blocks);
        Add(blockSize);
        Add(groupLines);
        Add(batch);
        Add(sweep.SeveralSteps);
        Add(sweep.SeveralLayers);
        simulator.AddRunTo(this);
        Add(allowNonFinite);
        Add(log);
        Add(merge);
        Add(tokenLosses);
        Add(shard);
        Add(json);
        Add(csv);
        Add(html);
        Add(plots);
        SetAction(Evaluate);
    }

    /// <inheritdoc/>
    public string Example =>
        "tint eval perplexity specs/gpt2.tint.yaml --checkpoint models/gpt2 --text wikitext.txt \\\n"
        + "  --train-fraction 0.3,0.5,0.7,0.9 --learning-rate 1e-4,3e-4 --blocks 20 --csv result.csv";

    private int Evaluate(ParseResult arguments) => PerplexityJob.Run(context, new PerplexityRequest
    {
        Simulator = simulator.Read(arguments),
        Texts = arguments.GetRequiredValue(text),
        Tokenizer = arguments.GetValue(tokenizer),
        SpecialTokens = arguments.GetValue(specialTokens),
        Sweep = sweep.Read(arguments),
        Exact = arguments.GetValue(exact) switch
        {
            "blocks" => ParameterSubset.TopBlocks,
            "subset" => ParameterSubset.TintSubset,
            "all" => ParameterSubset.All,
            "none" => null,
            string other => throw new UsageException($"--exact is blocks, subset, all or none, not '{other}'."),
            null => ParameterSubset.TopBlocks,
        },
        Blocks = arguments.GetValue(blocks),
        BlockSize = arguments.GetValue(blockSize),
        GroupLines = arguments.GetValue(groupLines),
        BatchSize = arguments.GetValue(batch),
        AllowNonFinite = arguments.GetValue(allowNonFinite),
        LogPath = arguments.GetValue(log),
        MergedPaths = arguments.GetValue(merge) ?? [],
        KeepsTokenLosses = arguments.GetValue(tokenLosses),
        Shard = arguments.GetValue(shard) is { } part ? ShardChoice.Parse(part) : null,
        JsonPath = arguments.GetValue(json),
        CsvPath = arguments.GetValue(csv),
        HtmlPath = arguments.GetValue(html),
        PlotsDirectory = arguments.GetValue(plots),
    });
}
