using System.Buffers.Binary;
using System.Text;

namespace TinT.Runtime.Checkpoints;

/// <summary>What the directory of a zip archive says of a member.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsEncrypted">Whether it is encrypted.</param>
/// <param name="Method">How it is compressed; 0 for not at all.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="StoredSize">The bytes that it takes.</param>
/// <param name="Local">Where its local header begins in the file.</param>
internal sealed record ArchiveEntry(string Name, bool IsEncrypted, int Method, ulong Size, ulong StoredSize, ulong Local)
{
    private const int FixedLength = 46;

    private static readonly UTF8Encoding utf8 = new(false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Mark => "PK\x01\x02"u8;

    /// <summary>Reads the first entry of a directory.</summary>
    /// <param name="directory">The directory; receives what follows the entry.</param>
    /// <returns>The entry, or <see langword="null"/> if it is damaged.</returns>
    public static ArchiveEntry? Read(ref ReadOnlySpan<byte> directory)
    {
        ReadOnlySpan<byte> bytes = directory;
        if (bytes.Length < FixedLength || !bytes.StartsWith(Mark))
            return null;
        int nameLength = U16(bytes, 28), extraLength = U16(bytes, 30), length = FixedLength + nameLength + extraLength + U16(bytes, 32);
        if (length > bytes.Length || ReadName(bytes.Slice(FixedLength, nameLength)) is not { } name)
            return null;
        ulong size = U32(bytes, 24), stored = U32(bytes, 20), local = U32(bytes, 42);
        ReadOnlySpan<byte> large = LargeSizes(bytes.Slice(FixedLength + nameLength, extraLength));
        if (!Widen(ref size, ref large) || !Widen(ref stored, ref large) || !Widen(ref local, ref large))
            return null;
        directory = bytes[length..];
        return new ArchiveEntry(name, (U16(bytes, 8) & 1) != 0, U16(bytes, 10), size, stored, local);
    }

    /// <summary>A name as archives have it.</summary>
    /// <param name="bytes">Its bytes, in UTF-8.</param>
    /// <returns>The name, or <see langword="null"/> if it is no text.</returns>
    public static string? ReadName(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The part behind an entry where the numbers stand that do not fit into 32 bits.</summary>
    private static ReadOnlySpan<byte> LargeSizes(ReadOnlySpan<byte> extra)
    {
        const int Kind = 1;
        while (extra.Length >= 4)
        {
            int length = Math.Min(U16(extra, 2), extra.Length - 4);
            if (U16(extra, 0) == Kind)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static bool Widen(ref ulong number, ref ReadOnlySpan<byte> large)
    {
        if (number != uint.MaxValue)
            return true;
        if (large.Length < sizeof(ulong))
            return false;
        number = BinaryPrimitives.ReadUInt64LittleEndian(large);
        large = large[sizeof(ulong)..];
        return true;
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static ulong U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
