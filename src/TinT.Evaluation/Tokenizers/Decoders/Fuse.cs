using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary><c>Fuse</c>: all tokens become one.</summary>
internal sealed class Fuse : IDecoder
{
    /// <summary>Its name.</summary>
    public const string Name = "Fuse";

    /// <summary>Reads the row.</summary>
    public static IDecoder Read(JsonPlace place) => new Fuse();

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens) => [[.. tokens.SelectMany(token => token)]];
}
