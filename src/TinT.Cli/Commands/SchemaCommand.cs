using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;

namespace TinT.Cli.Commands;

/// <summary><c>tint schema</c>: the JSON schema of specs.</summary>
internal sealed class SchemaCommand : Command, IHasExample
{
    private const string Resource = "TinT.Cli.tint.schema.json";

    /// <summary>Creates the command.</summary>
    public SchemaCommand(CommandContext context)
        : base("schema", "Prints the JSON schema of specs, for editors that complete and check YAML by it.")
    {
        SetAction(_ =>
        {
            using Stream schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream(Resource)!;
            context.Console.WriteReport(schema.CopyTo);
            return ExitCode.Done;
        });
    }

    /// <inheritdoc/>
    public string Example => "tint schema > tint.schema.json\n# and as first line of a spec:  # yaml-language-server: $schema=tint.schema.json";
}
