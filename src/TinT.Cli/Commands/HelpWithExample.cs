using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TinT.Cli.Outcomes;

namespace TinT.Cli.Commands;

/// <summary>The library's help, followed by the exit codes for the tool itself and by the command's example.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    private readonly HelpAction help;

    /// <summary>Creates the action.</summary>
    /// <param name="width">Columns to write in.</param>
    public HelpWithExample(int width)
    {
        help = new HelpAction { MaxWidth = width };
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is RootCommand)
        {
            writer.WriteLine("Exit codes:");
            foreach ((int code, string meaning) in ExitCode.All)
                writer.WriteLine($"  {code,-3}  {meaning}");
            writer.WriteLine();
        }

        if (parseResult.CommandResult.Command is IHasExample { Example: string example })
        {
            writer.WriteLine("Example:");
            foreach (string line in example.Split('\n'))
                writer.WriteLine($"  {line}");
        }

        return ExitCode.Done;
    }
}
