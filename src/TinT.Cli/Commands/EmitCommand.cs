using System.CommandLine;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Outcomes;
using TinT.Compiler;
using TinT.Compiler.Compilation;

namespace TinT.Cli.Commands;

/// <summary><c>tint emit</c>: writes the sources that the generator adds to a project.</summary>
internal sealed class EmitCommand : Command, IHasExample
{
    private readonly CommandContext context;
    private readonly Argument<string> spec = CommonArguments.Spec();
    private readonly Option<string> output = CommonArguments.RequiredPath(
        "--output", FileRole.OutputDirectory, "DIR", "Directory for the files; created if it is missing, existing files are replaced.");
    private readonly Option<bool> gpu = new("--gpu")
    {
        Description = "Also writes the GPU kernels and the GPU simulator, which the generator adds to projects with the package TinT.Compiler.Gpu.",
    };

    /// <summary>Creates the command.</summary>
    public EmitCommand(CommandContext context)
        : base("emit", "Writes the C# files that the source generator adds to a project for this spec, byte for byte.")
    {
        this.context = context;
        Add(spec);
        Add(output);
        Add(gpu);
        SetAction(Emit);
    }

    /// <inheritdoc/>
    public string Example => "tint emit specs/gpt2.tint.yaml --output generated";

    private int Emit(ParseResult arguments)
    {
        string directory = arguments.GetRequiredValue(output);
        CompilationResult result = SpecFile.Read(arguments.GetRequiredValue(spec)).Compile(gpu: arguments.GetValue(gpu));
        FileCheck.RefuseInputs(result.Sources.Select(source => Path.Combine(directory, source.HintName)), arguments);
        SourceFolder.Write(directory, result.Sources, context.CancellationToken);
        foreach (GeneratedSource source in result.Sources)
            context.Console.WriteLine(Path.Combine(directory, source.HintName));
        return ExitCode.Done;
    }
}
