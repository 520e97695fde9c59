using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using TinT.Cli.Outcomes;

namespace TinT.Cli.Commands;

/// <summary>Prints the tool's version.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(PrintVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        // What follows the plus sign is the commit.
        parseResult.InvocationConfiguration.Output.WriteLine($"{TintRootCommand.ToolName} {version.Split('+')[0]}");
        return ExitCode.Done;
    }
}
