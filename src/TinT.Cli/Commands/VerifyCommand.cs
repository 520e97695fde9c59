using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Jobs;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;

namespace TinT.Cli.Commands;

/// <summary><c>tint verify</c>: compiled, literal, plain and exact against each other.</summary>
internal sealed class VerifyCommand : Command, IHasExample
{
    private const string Small = "small", Full = "full";

    private readonly CommandContext context;
    private readonly SimulatorArguments simulator = new(
        "Hugging Face model directory that fits the spec. Default: random weights.",
        "With 16 bits the compiled simulator runs so as well: it must agree with itself in float32 on the rounded weights, and what the rounding changes is told. ");

    private readonly Option<string?> scale = new("--scale")
    {
        HelpName = $"{Small}|{Full}",
        Description = "'small' scales the spec down – same ratios, heads, sharding and options – and takes seconds; 'full' takes it as it is. Default: small, with --checkpoint full.",
    };

    private readonly Option<string[]> text = CommonArguments.Texts(
        "UTF-8 text whose first tokens are the input; needs --checkpoint. Default: random tokens.");

    private readonly Option<string?> tokenizer = CommonArguments.Tokenizer();
    private readonly Option<bool> specialTokens = CommonArguments.SpecialTokens();
    private readonly Option<int?> tokens = CommonArguments.Count("--tokens", "Tokens of the input. Default: 64, or the context length if that is less.");
    private readonly SweepArguments sweep = new()
    {
        TrainFractions = CommonArguments.Numbers(
            "--train-fraction", "X", "First part of the tokens to train on, between 0 and 1. Default: 0.5.", several: false),
        LearningRates = CommonArguments.LearningRate(),
    };

    private readonly Option<int?> seed = CommonArguments.Count("--seed", "Number that random weights and tokens follow from. Default: 1.");
    private readonly Option<bool> noLiteral = new("--no-literal")
    {
        Description = "Leaves the literal construction out, which at full scale takes by far the most time and memory.",
    };

    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the results as JSON.");
    private readonly Option<string?> html = CommonArguments.OutputFile("--html", "Also writes a page with heat maps, layers × parameters.");

    /// <summary>Creates the command.</summary>
    public VerifyCommand(CommandContext context)
        : base("verify", "Compares the compiled simulator with the literal construction and the plain equations, and TinT's update with exact SGD.")
    {
        this.context = context;
        scale.AcceptOnlyFromAmong(Small, Full);
        simulator.AddSpecTo(this);
        Add(scale);
        Add(simulator.Checkpoint);
        Add(text);
        Add(tokenizer);
        Add(specialTokens);
        Add(tokens);
        Add(sweep.TrainFractions);
        Add(seed);
        Add(sweep.LearningRates);
        Add(noLiteral);
        simulator.AddRunTo(this);
        Add(json);
        Add(html);
        SetAction(Verify);
    }

    /// <inheritdoc/>
    public string Example =>
        "tint verify specs/gpt2.tint.yaml --html agreement.html\n"
        + "tint verify specs/byte-gpt2.tint.yaml --checkpoint models/byte-gpt2 --text README.md";

    private int Verify(ParseResult arguments)
    {
        SimulatorChoice choice = simulator.Read(arguments);
        string[] texts = arguments.GetValue(text) ?? [];
        bool isSmall = (arguments.GetValue(scale) ?? (choice.Checkpoint is null ? Small : Full)) == Small;
        if (isSmall && choice.Checkpoint is not null)
            throw new UsageException("--checkpoint has weights of the full size; leave --scale small out.");
        if (texts.Length > 0 && choice.Checkpoint is null)
            throw new UsageException("--text needs --checkpoint: random weights have nothing to say about a text.");
        return VerifyJob.Run(context, new VerifyRequest
        {
            Simulator = choice,
            Sweep = sweep.Read(arguments),
            IsSmall = isSmall,
            Texts = texts,
            Tokenizer = arguments.GetValue(tokenizer),
            SpecialTokens = arguments.GetValue(specialTokens),
            Tokens = arguments.GetValue(tokens),
            Seed = arguments.GetValue(seed) ?? 1,
            Literal = !arguments.GetValue(noLiteral),
            JsonPath = arguments.GetValue(json),
            HtmlPath = arguments.GetValue(html),
        });
    }
}
