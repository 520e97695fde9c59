using System.CommandLine;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;

namespace TinT.Cli.Commands;

/// <summary><c>tint check</c>: says what is wrong with specs.</summary>
internal sealed class CheckCommand : Command, IHasExample
{
    private readonly CommandContext context;
    private readonly Argument<string[]> specs = new FileArgument<string[]>("SPEC")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Specs, *.tint.yaml files.",
    };

    /// <summary>Creates the command.</summary>
    public CheckCommand(CommandContext context)
        : base("check", "Checks specs and sums them up in one line each, or shows every mistake with its place and how to mend it.")
    {
        this.context = context;
        Add(specs);
        SetAction(Check);
    }

    /// <inheritdoc/>
    public string Example => "tint check specs/gpt2.tint.yaml specs/opt-125m.tint.yaml";

    private int Check(ParseResult arguments)
    {
        string[] paths = arguments.GetRequiredValue(specs);
        int mistaken = paths.Count(path => !IsCorrect(path));
        if (mistaken == 0)
            return ExitCode.Done;
        if (paths.Length > 1)
            context.Console.WriteErrorLine(FormattableString.Invariant($"{mistaken} of {paths.Length} specs cannot be compiled."));
        return ExitCode.WrongUsage;
    }

    private bool IsCorrect(string path)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            context.Console.WriteLine($"{path}: OK: {SpecSummary.Of(SpecFile.Read(path).Model.Spec)}");
            return true;
        }
        catch (Exception exception) when (exception is UsageException or SpecException)
        {
            // The other specs are checked all the same.
            context.Console.WriteErrorLine(Failure.Describe(exception));
            return false;
        }
    }
}
