using System.CommandLine;

namespace TinT.Cli.Commands;

/// <summary>How a command is called.</summary>
internal static class CommandPath
{
    /// <summary>The words of a command, such as <c>tint eval perplexity</c>.</summary>
    public static string Of(Command command)
    {
        Command? parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? TintRootCommand.ToolName : $"{Of(parent)} {command.Name}";
    }
}
