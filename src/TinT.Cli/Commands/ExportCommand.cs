using System.CommandLine;
using System.Globalization;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Jobs;
using TinT.Literal.Export;
using TinT.Runtime.Checkpoints;

namespace TinT.Cli.Commands;

/// <summary><c>tint export</c>: writes the literal simulator for other frameworks.</summary>
internal sealed class ExportCommand : Command, IHasExample
{
    private const string Single = "f32", Double = "f64";

    private static readonly (string Suffix, long Bytes)[] Units = [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)];

    private readonly CommandContext context;
    private readonly Argument<string> spec = CommonArguments.Spec();
    private readonly Option<string?> checkpoint = CommonArguments.Checkpoint();
    private readonly Option<string> output = CommonArguments.RequiredPath(
        "--output", FileRole.ReplacedDirectory, "DIR", "Directory for shards, index and simulator.json; it must be missing or empty and appears when it is complete.");

    private readonly Option<string> type = new("--type")
    {
        HelpName = $"{Single}|{Double}",
        DefaultValueFactory = _ => Single,
        Description = "Type of the parameters. f32 rounds the learning rate, 1/N and, unless K is a power of two, c2/K; f64 rounds nothing.",
    };

    private readonly Option<double?> gateScale = CommonArguments.Number(
        "--gate-scale", "X", "Gates are tanh, X the argument of an open one (10 in the authors' code). Default: hard gates.");

    private readonly Option<long?> shardSize = new("--shard-size")
    {
        HelpName = "SIZE",
        Description = "Most bytes of parameters in a file, such as 500MB or 2GB. Default: 2GB.",
    };

    private readonly Option<bool> force = new("--force") { Description = "Replaces an earlier export in the directory." };

    /// <summary>Creates the command.</summary>
    public ExportCommand(CommandContext context)
        : base("export", "Writes the literal simulator – every gate, one-hot key and permutation a parameter – as sharded safetensors, and a description from which other frameworks can run it.")
    {
        this.context = context;
        type.AcceptOnlyFromAmong(Single, Double);
        shardSize.CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (ParseSize(text) is { } bytes)
                return bytes;
            result.AddError($"--shard-size needs a size such as 500MB or 2GB, not '{text}'.");
            return null;
        };
        Add(spec);
        Add(checkpoint);
        Add(output);
        Add(type);
        Add(gateScale);
        Add(shardSize);
        Add(force);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Example => "tint export specs/gpt2.tint.yaml --checkpoint models/gpt2 --output gpt2-simulator";

    private static long? ParseSize(string text)
    {
        long unit = 1;
        foreach ((string suffix, long bytes) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            unit = bytes;
            text = text[..^suffix.Length].TrimEnd();
            break;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * unit is >= 1 and < long.MaxValue ? (long)(number * unit) : null;
    }

    private int Run(ParseResult arguments) => ExportJob.Run(context, new ExportRequest
    {
        Spec = arguments.GetRequiredValue(spec),
        Checkpoint = arguments.GetRequiredValue(checkpoint)!,
        Output = arguments.GetRequiredValue(output),
        Type = arguments.GetRequiredValue(type) == Double ? TensorType.F64 : TensorType.F32,
        GateScale = arguments.GetValue(gateScale),
        ShardBytes = arguments.GetValue(shardSize) ?? ExportOptions.DefaultShardBytes,
        Replace = arguments.GetValue(force),
    });
}
