using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace TinT.Evaluation.Tokenizers;

/// <summary>The tokenizer of byte-level models: the ids are the UTF-8 bytes of the text.</summary>
public sealed class ByteTokenizer : ITokenizer
{
    /// <inheritdoc/>
    public string Name => "bytes";

    /// <inheritdoc/>
    public int VocabularySize => 256;

    /// <inheritdoc/>
    public int? LineStartId => null;

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        int count = Encoding.UTF8.GetBytes(text, rented);
        int start = ids.Count;
        CollectionsMarshal.SetCount(ids, start + count);
        Span<int> appended = CollectionsMarshal.AsSpan(ids)[start..];
        for (int i = 0; i < count; i++)
            appended[i] = rented[i];
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public byte[] DecodeUtf8(ReadOnlySpan<int> ids)
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
