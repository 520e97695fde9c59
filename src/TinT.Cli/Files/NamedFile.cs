using System.CommandLine;
using System.CommandLine.Parsing;
using TinT.Runtime.Files;

namespace TinT.Cli.Files;

/// <summary>A path on the command line.</summary>
/// <param name="Symbol">The argument or option.</param>
/// <param name="Path">The path as given.</param>
/// <param name="Role">What the command does with it.</param>
internal sealed record NamedFile(string Symbol, string Path, FileRole Role)
{
    /// <summary>Stands for standard output where a file is written.</summary>
    public const string StandardOutput = "-";

    private const int OutputDescriptor = 1;

    /// <summary>Whether a path to be written is standard output.</summary>
    /// <param name="path">The path.</param>
    public static bool IsStandardOutput(string path) => path == StandardOutput || OutputPlace.Of(path).Descriptor == OutputDescriptor;

    /// <summary>Every path that a command line names, in the order in which the command declares them.</summary>
    /// <param name="parsed">The command line.</param>
    public static IEnumerable<NamedFile> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        foreach (Symbol symbol in command.Arguments.Concat<Symbol>(command.Options))
        {
            if (symbol is not INamesFiles named)
                continue;
            SymbolResult? result = symbol is Argument argument ? parsed.GetResult(argument) : parsed.GetResult((Option)symbol);
            foreach (Token token in result?.Tokens ?? [])
            {
                if (token.Value != named.OtherValue)
                    yield return new NamedFile(symbol.Name, token.Value, named.Role);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Symbol} {Path}";
}
