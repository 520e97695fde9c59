using System.CommandLine;
using System.Text;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Schemas;
using TinT.Cli.Sweeps.Reading;
using TinT.Compiler.Specs.Format;
using TinT.Evaluation.InContext.Tasks;

namespace TinT.Cli.Commands;

/// <summary><c>tint schema</c>: the JSON schema of specs, sweeps or task files.</summary>
internal sealed class SchemaCommand : Command, IHasExample
{
    private static readonly Dictionary<string, Func<string>> schemas = new()
    {
        ["spec"] = () => FormatSchema.Text(SpecFormat.Root, "TinT spec"),
        ["sweep"] = () => FormatSchema.Text(SweepFormat.Root, "TinT sweep"),
        ["task"] = TaskSchema.Text,
    };

    private readonly Argument<string> of = new("OF")
    {
        HelpName = "KIND",
        DefaultValueFactory = _ => "spec",
        Description = "What files: spec, sweep, or task for those of 'tint eval icl --task-file'. Default: spec.",
    };

    /// <summary>Creates the command.</summary>
    public SchemaCommand(CommandContext context)
        : base("schema", "Prints the JSON schema of specs, of sweeps or of task files, for editors that complete and check them by it.")
    {
        of.AcceptOnlyFromAmong([.. schemas.Keys]);
        Add(of);
        SetAction(arguments =>
        {
            byte[] schema = Encoding.UTF8.GetBytes(schemas[arguments.GetRequiredValue(of)]());
            context.Console.WriteReport(stream => stream.Write(schema));
            return ExitCode.Done;
        });
    }

    /// <inheritdoc/>
    public string Example => "tint schema > tint.schema.json\n# and as first line of a spec:  # yaml-language-server: $schema=tint.schema.json";
}
