namespace TinT.Cli.Jobs;

/// <summary>How much the main job does.</summary>
internal sealed record MainJobSettings
{
    /// <summary>The text, beside the tool.</summary>
    public const string Text = "devils-dictionary.txt";

    /// <summary>Most blocks of it: enough that intervals tell gains from chance, and as many as two cores do in less than half a minute.</summary>
    public int Blocks { get; init; } = 96;
}
