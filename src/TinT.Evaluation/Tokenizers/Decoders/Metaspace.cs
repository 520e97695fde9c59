using System.Text;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary><c>Metaspace</c>: the visible character becomes a space again; in the first token it is left out if one was put there.</summary>
internal sealed class Metaspace(string replacement, bool hasPrefix) : IDecoder
{
    /// <summary>Its name.</summary>
    public const string Name = "Metaspace";

    /// <summary>Reads the row.</summary>
    public static IDecoder Read(JsonPlace place) =>
        new Metaspace(place.Get("replacement").Character().ToString(), PrependSchemes.Read(place) != PrependScheme.Never);

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens) => [.. tokens.Select((token, index) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(token).Replace(replacement, index == 0 && hasPrefix ? "" : " ", StringComparison.Ordinal)))];
}
