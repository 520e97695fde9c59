namespace TinT.Cli.Jobs;

/// <summary>How much the main job does.</summary>
internal sealed record MainJobSettings
{
    /// <summary>Most blocks of the text.</summary>
    public int Blocks { get; init; } = 24;
}
