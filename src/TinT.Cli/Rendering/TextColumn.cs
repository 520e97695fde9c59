using Spectre.Console;
using Spectre.Console.Rendering;

namespace TinT.Cli.Rendering;

/// <summary>A column of a progress bar whose text is set from outside.</summary>
internal sealed class TextColumn : ProgressColumn
{
    private volatile string text = "";

    /// <summary>What the column shows.</summary>
    public string Text
    {
        get => text;
        set => text = value;
    }

    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Text);
}
