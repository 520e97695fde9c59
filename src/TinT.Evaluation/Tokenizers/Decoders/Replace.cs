using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Normalizers;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary><c>Replace</c>: in each token something is replaced, as by the normalizer of that name.</summary>
internal sealed class Replace(INormalizer replacing) : IDecoder
{
    /// <summary>Its name.</summary>
    public const string Name = "Replace";

    /// <summary>Reads the row.</summary>
    public static IDecoder Read(JsonPlace place) => new Replace(Normalizers.Replace.Read(place));

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens) =>
        [.. tokens.Select(token => replacing.Normalize(new Piece(token, null, 0, 0, isAtStart: true)).Text.ToArray())];
}
