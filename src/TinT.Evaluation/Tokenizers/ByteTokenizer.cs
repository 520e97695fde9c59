using System.Runtime.InteropServices;
using System.Text;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers;

/// <summary>The tokenizer of byte-level models: the ids are the UTF-8 bytes of the text.</summary>
public sealed class ByteTokenizer : ITokenizer
{
    /// <inheritdoc/>
    public string Name => "bytes";

    /// <inheritdoc/>
    public int VocabularySize => 256;

    /// <inheritdoc/>
    public IReadOnlyList<int> StartIds => [];

    /// <inheritdoc/>
    public IReadOnlyList<int> EndIds => [];

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> utf8, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ReadOnlySpan<byte> text = ValidText.Of(utf8);
        int start = ids.Count;
        CollectionsMarshal.SetCount(ids, start + text.Length);
        Span<int> appended = CollectionsMarshal.AsSpan(ids)[start..];
        for (int index = 0; index < text.Length; index++)
            appended[index] = text[index];
    }

    /// <inheritdoc/>
    public ExplainedText Explain(ReadOnlySpan<byte> utf8)
    {
        byte[] text = ValidText.Of(utf8).ToArray();
        return new ExplainedText(
            [.. text.Select((value, index) => new TextToken(value, PieceOf(value)!, index, index + 1, Part: 0))],
            text.Length > 0 ? [new TextPart(Encoding.UTF8.GetString(text), 0, text.Length, TextSteps.NameOf(TextSteps.Start))] : []);
    }

    /// <inheritdoc/>
    public string? PieceOf(int id) => id switch
    {
        < 0 or > byte.MaxValue => null,
        >= ' ' and <= '~' => ((char)id).ToString(),
        _ => $"<0x{id:X2}>",
    };

    /// <inheritdoc/>
    public byte[] DecodeUtf8(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        byte[] bytes = new byte[ids.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (ids[i] is < 0 or > 255)
                throw new ArgumentOutOfRangeException(nameof(ids), ids[i], $"Id {ids[i]} at index {i} is not a byte; ids run from 0 to 255.");
            bytes[i] = (byte)ids[i];
        }

        return bytes;
    }
}
