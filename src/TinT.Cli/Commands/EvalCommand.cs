using System.CommandLine;
using TinT.Cli.Context;

namespace TinT.Cli.Commands;

/// <summary><c>tint eval</c>: the experiments.</summary>
internal sealed class EvalCommand : Command, IHasExample
{
    /// <summary>Creates the command with its subcommands.</summary>
    public EvalCommand(CommandContext context)
        : base("eval", "Measures what inner training does to a model.")
    {
        Add(new EvalPerplexityCommand(context));
        Add(new EvalIclCommand(context));
    }

    /// <inheritdoc/>
    public string Example => "tint eval perplexity specs/gpt2.tint.yaml --checkpoint models/gpt2 --text wikitext.txt";
}
