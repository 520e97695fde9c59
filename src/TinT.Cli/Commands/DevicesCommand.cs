using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Jobs;

namespace TinT.Cli.Commands;

/// <summary><c>tint devices</c>: what <c>--device</c> can name.</summary>
internal sealed class DevicesCommand : Command, IHasExample
{
    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the list as JSON.");

    /// <summary>Creates the command.</summary>
    public DevicesCommand(CommandContext context)
        : base("devices", "Lists the GPUs and other devices that compiled simulators can run on.")
    {
        Add(json);
        SetAction(arguments => DevicesJob.Run(context, arguments.GetValue(json)));
    }

    /// <inheritdoc/>
    public string Example => "tint devices\ntint bench specs/gpt2.tint.yaml --device cuda";
}
