using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary>Reads the decoders of tokenizer files.</summary>
internal static class DecoderReader
{
    private static readonly RowRegistry<IDecoder> rows = new("decoder", new Dictionary<string, Func<JsonPlace, IDecoder>>
    {
        [ByteFallback.Name] = ByteFallback.Read,
        [ByteLevel.Name] = ByteLevel.Read,
        [Fuse.Name] = Fuse.Read,
        [Metaspace.Name] = Metaspace.Read,
        [Replace.Name] = Replace.Read,
        [Sequence.Name] = Sequence.Read,
        [Strip.Name] = Strip.Read,
    });

    /// <summary>Reads the decoder that an object asks for.</summary>
    /// <param name="place">The object.</param>
    /// <exception cref="TokenizerFormatException">It is malformed, or asks for what is not supported.</exception>
    public static IDecoder Read(JsonPlace place) => rows.Read(place);
}
