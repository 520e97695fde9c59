using TinT.Compiler.Specs.Format;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>The whole format of sweeps: which keys there are, what each takes, and its limits.</summary>
internal static class SweepFormat
{
    /// <summary>The version of the format that this tool reads.</summary>
    public const int Version = 1;

    public static readonly IntegerKey FormatVersion = new("sweep", Required: false, int.MinValue, int.MaxValue, "1")
    {
        Description = "Version of this format.",
        Default = Version,
        IsVersion = true,
        Synonyms = ["version"],
    };

    public static readonly TextKey Name = new("name", Required: false, "rates")
    {
        Description = "Name of the sweep in tables, jobs and folders. Default: that of the file.",
        Pattern = "^[A-Za-z0-9_-]+$",
        MaximumLength = 64,
        Synonyms = ["title"],
    };

    /// <summary>The top level.</summary>
    public static readonly SectionKey Root = new(
        string.Empty,
        string.Empty,
        Required: true,
        [FormatVersion, Name, ModelsFormat.Section, PerplexityFormat.Section, InContextFormat.Section, RunFormat.Section])
    {
        OneOf = [PerplexityFormat.Section, InContextFormat.Section],
        Document = "sweep",
        Description = "Evaluations of specs, checkpoints and texts or tasks, each with each, and in each a grid of inner trainings.",
    };
}
