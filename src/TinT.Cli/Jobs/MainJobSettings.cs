namespace TinT.Cli.Jobs;

/// <summary>How much the main job does.</summary>
internal sealed record MainJobSettings
{
    /// <summary>Most blocks of the text: as many as two cores do in about ten seconds.</summary>
    public int Blocks { get; init; } = 40;
}
