using System.CommandLine;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;
using TinT.Compiler.Specs.Writing;
using TinT.Runtime.Checkpoints;

namespace TinT.Cli.Commands;

/// <summary><c>tint init</c>: writes a complete spec of a checkpoint.</summary>
internal sealed class InitCommand : Command, IHasExample
{
    private const string ConfigurationName = "config.json";

    private readonly CommandContext context;
    private readonly Option<string?> checkpoint = CommonArguments.Checkpoint();
    private readonly Option<string?> output = CommonArguments.OutputFile("--output", "File for the spec, *.tint.yaml; it must not exist yet. Default: -.");
    private readonly Option<string?> name =
        new("--model") { HelpName = "NAME", Description = "Name of the generated classes. Default: after the checkpoint's directory." };
    private readonly Option<bool> force = new("--force") { Description = "Replaces a file that exists." };

    /// <summary>Creates the command.</summary>
    public InitCommand(CommandContext context)
        : base("init", "Writes a complete spec of a checkpoint from its config.json: the model as it is, the smallest simulator that the rules allow, and a training to begin with.")
    {
        this.context = context;
        Add(checkpoint);
        Add(output);
        Add(name);
        Add(force);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Example => "tint init --checkpoint models/pythia-160m --output pythia-160m.tint.yaml";

    private int Run(ParseResult arguments)
    {
        string directory = arguments.GetRequiredValue(checkpoint)!;
        string path = arguments.GetValue(output) ?? NamedFile.StandardOutput;
        bool toFile = !NamedFile.IsStandardOutput(path);
        if (toFile && File.Exists(path) && !arguments.GetValue(force))
            throw new UsageException($"{path}: the file exists already; name another one, or replace it with --force.");

        string source = Path.Combine(directory, ConfigurationName);
        HuggingFaceConfiguration configuration = HuggingFaceConfiguration.Read(source);
        string model = arguments.GetValue(name) ?? NewSpec.NameOf(Path.GetFileName(Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar)));
        string text = NewSpec.Write(model, Path.Combine(Path.GetFileName(Path.GetFullPath(directory)), ConfigurationName), configuration.Description);

        // A mistake here is one of the name, or of a model that no simulator can carry: it is shown in the text that would have been written.
        SpecFile spec = SpecFile.FromText(toFile ? path : "spec", text);
        string summary = SpecSummary.Of(spec.Model.Spec);
        context.WriteReport(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        if (toFile)
            context.Console.WriteLine($"{path}: {summary}");
        return ExitCode.Done;
    }
}
