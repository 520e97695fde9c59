using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary><c>Sequence</c>: one after the other.</summary>
internal sealed class Sequence(IReadOnlyList<IDecoder> decoders) : IDecoder
{
    /// <summary>Its name.</summary>
    public const string Name = "Sequence";

    /// <summary>Reads the row.</summary>
    public static IDecoder Read(JsonPlace place) => new Sequence([.. place.Get("decoders").Items().Select(DecoderReader.Read)]);

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens) => decoders.Aggregate(tokens, (left, decoder) => decoder.Decode(left));
}
