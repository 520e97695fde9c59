using System.CommandLine;
using System.Text;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Evaluation.InContext.Tasks;

namespace TinT.Cli.Commands;

/// <summary><c>tint schema</c>: the JSON schema of specs, or of task files.</summary>
internal sealed class SchemaCommand : Command, IHasExample
{
    private const string Resource = "TinT.Cli.tint.schema.json";

    private readonly Argument<string> of = new("OF")
    {
        HelpName = "spec|task",
        DefaultValueFactory = _ => "spec",
        Description = "What files: specs, or tasks of 'tint eval icl --task-file'. Default: spec.",
    };

    /// <summary>Creates the command.</summary>
    public SchemaCommand(CommandContext context)
        : base("schema", "Prints the JSON schema of specs or of task files, for editors that complete and check them by it.")
    {
        of.AcceptOnlyFromAmong("spec", "task");
        Add(of);
        SetAction(arguments =>
        {
            if (arguments.GetValue(of) == "task")
            {
                context.Console.WriteReport(stream => stream.Write(Encoding.UTF8.GetBytes(TaskSchema.Text())));
                return ExitCode.Done;
            }

            using Stream schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream(Resource)!;
            context.Console.WriteReport(schema.CopyTo);
            return ExitCode.Done;
        });
    }

    /// <inheritdoc/>
    public string Example => "tint schema > tint.schema.json\n# and as first line of a spec:  # yaml-language-server: $schema=tint.schema.json";
}
