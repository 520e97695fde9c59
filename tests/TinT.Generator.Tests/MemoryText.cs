using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>An additional file, read from bytes as the compiler reads files.</summary>
internal sealed class MemoryText : AdditionalText
{
    private readonly SourceText? text;

    /// <summary>A file of UTF-8 without a byte order mark.</summary>
    public MemoryText(string path, string text)
        : this(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text))
    {
    }

    /// <summary>A file of any bytes.</summary>
    public MemoryText(string path, byte[] bytes)
    {
        Path = path;
        using var stream = new MemoryStream(bytes);
        text = SourceText.From(stream);
    }

    private MemoryText(string path) => Path = path;

    /// <summary>The file of a spec.</summary>
    public static MemoryText Of(SmallSpec spec) => new("/project/" + spec.FileName, spec.Text);

    /// <inheritdoc/>
    public override string Path { get; }

    /// <summary>A file that was there when it was listed and is not when it is read.</summary>
    public static MemoryText Unreadable(string path) => new(path);

    /// <inheritdoc/>
    public override SourceText? GetText(CancellationToken cancellationToken = default) => text;
}
