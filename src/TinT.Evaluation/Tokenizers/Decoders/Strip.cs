using System.Text;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary><c>Strip</c>: up to so many of a character are left out at the start and at the end of each token.</summary>
internal sealed class Strip(Rune content, int start, int stop) : IDecoder
{
    /// <summary>Its name.</summary>
    public const string Name = "Strip";

    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(content.ToString());

    /// <summary>Reads the row.</summary>
    public static IDecoder Read(JsonPlace place) => new Strip(place.Get("content").Character(), place.Get("start").Count(), place.Get("stop").Count());

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens) => [.. tokens.Select(StripOne)];

    private byte[] StripOne(byte[] token)
    {
        ReadOnlySpan<byte> left = token;
        for (int count = 0; count < start && left.StartsWith(utf8); count++)
            left = left[utf8.Length..];
        for (int count = 0; count < stop && left.EndsWith(utf8); count++)
            left = left[..^utf8.Length];
        return left.ToArray();
    }
}
