using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary><c>ByteLevel</c>: tokens are the bytes that their characters write; those with other characters are themselves.</summary>
internal sealed class ByteLevel : IDecoder
{
    /// <summary>Its name.</summary>
    public const string Name = "ByteLevel";

    /// <summary>Reads the row.</summary>
    public static IDecoder Read(JsonPlace place) => new ByteLevel();

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens) =>
        [[.. tokens.SelectMany(token => ByteAlphabet.ToBytes(Encoding.UTF8.GetString(token)))]];
}
