using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TinT.Cli.Commands;

/// <summary>The library's help, followed by the command's example.</summary>
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
        if (parseResult.CommandResult.Command is IHasExample { Example: string example })
        {
            TextWriter writer = parseResult.InvocationConfiguration.Output;
            writer.WriteLine("Example:");
            foreach (string line in example.Split('\n'))
                writer.WriteLine($"  {line}");
        }

        return ExitCode.Done;
    }
}
