using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using TinT.Cli.Context;
using TinT.Cli.Jobs;

namespace TinT.Cli.Commands;

/// <summary><c>tint</c>: without a subcommand it runs the main job.</summary>
internal sealed class TintRootCommand : RootCommand, IHasExample
{
    /// <summary>Name of the tool.</summary>
    public const string ToolName = "tint";

    /// <summary>Creates the command with all subcommands.</summary>
    public TintRootCommand(CommandContext context, MainJobSettings mainJob)
        : base("Compiles specs of auxiliary transformers into simulators of TinT, the trainable transformer in a transformer, and runs them. "
            + "Without arguments: evaluates the byte-level GPT-2 that ships with the tool on a text that it has not seen.")
    {
        HelpName = ToolName;
        Option<int?> blocks = CommonArguments.Count("--blocks", string.Create(CultureInfo.InvariantCulture, $"Blocks that it reads without arguments. Default: {mainJob.Blocks}."));
        Add(blocks);
        Add(new InitCommand(context));
        Add(new CheckCommand(context));
        Add(new PlanCommand(context));
        Add(new EmitCommand(context));
        Add(new RunCommand(context));
        Add(new VerifyCommand(context));
        Add(new BenchCommand(context));
        Add(new EvalCommand(context));
        Add(new SweepCommand(context));
        Add(new ExportCommand(context));
        Add(new TokensCommand(context));
        Add(new DevicesCommand(context));
        Add(new SchemaCommand(context));
        Add(new HelpCommand());
        Options.OfType<HelpOption>().Single().Action = new HelpWithExample(context.Console.HelpWidth);
        Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        SetAction(arguments => MainJob.Run(context, arguments.GetValue(blocks) is { } count ? mainJob with { Blocks = count } : mainJob));
    }

    /// <inheritdoc/>
    public string Example => "tint\ntint check my-model.tint.yaml\ntint help eval perplexity";
}
