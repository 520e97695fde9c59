using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TinT.Cli.Tests.Commands;

/// <summary>A spec as the build hands it to the generator.</summary>
internal sealed class SpecText : AdditionalText
{
    public SpecText(string path)
    {
        Path = path;
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        using FileStream stream = File.OpenRead(Path);
        return SourceText.From(stream);
    }
}
