using System.Buffers.Binary;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>Finds the members of a zip archive, with or without the extension for large files, that are stored as they are.</summary>
/// <remarks>
/// An archive that could be read in two ways is refused: its directory ends where its end record begins, members do not overlap and have each a name of
/// their own, and a member has the same name in both places where names are.
/// </remarks>
internal sealed class StoredArchive
{
    private const int EndLength = 22;
    private const int LargeEndLength = 56;
    private const int LocatorLength = 20;
    private const int LocalLength = 30;
    private const ulong MostDirectoryBytes = 64UL << 20;

    private readonly Dictionary<string, ArchiveMember> members = new(StringComparer.Ordinal);
    private readonly PositionalFile file;

    /// <summary>Reads the directory of an archive.</summary>
    /// <param name="file">The archive.</param>
    /// <exception cref="CheckpointFormatException">It is damaged, or a member is compressed or encrypted.</exception>
    public StoredArchive(PositionalFile file)
    {
        this.file = file;
        (ulong count, ulong length, ulong begin, long end) = FindDirectory();
        if (begin > (ulong)end || length != (ulong)end - begin)
            throw Damaged(Invariant($"its directory would be the {length} bytes from byte {begin} on, but has to end at byte {end}"));
        if (length > MostDirectoryBytes)
            throw Damaged(Invariant($"its directory has {length} bytes, more than {MostDirectoryBytes}"));
        ReadDirectory(file.Read((long)begin, (int)length), count, (long)begin);
    }

    /// <summary>How a zip archive begins.</summary>
    public static ReadOnlySpan<byte> LocalMark => "PK\x03\x04"u8;

    /// <summary>Members by name, without folders.</summary>
    public IReadOnlyDictionary<string, ArchiveMember> Members => members;

    private static ReadOnlySpan<byte> EndMark => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> LargeEndMark => "PK\x06\x06"u8;

    private static ReadOnlySpan<byte> LocatorMark => "PK\x06\x07"u8;

    /// <summary>The end record is the last thing in the file but for a comment; the one for large files stands in front of it.</summary>
    private (ulong Count, ulong Length, ulong Begin, long End) FindDirectory()
    {
        int tailLength = (int)Math.Min(file.Length, EndLength + ushort.MaxValue);
        byte[] tail = file.Read(file.Length - tailLength, tailLength);
        int at = tailLength - EndLength;
        while (at >= 0 && !(tail.AsSpan(at).StartsWith(EndMark) && at + EndLength + U16(tail, at + 20) == tailLength))
            at--;
        if (at < 0)
            throw Damaged("it has no end record");

        long end = file.Length - tailLength + at;
        byte[] locator = end < LocatorLength + LargeEndLength ? [] : file.Read(end - LocatorLength, LocatorLength);
        if (!locator.AsSpan().StartsWith(LocatorMark))
            return (U16(tail, at + 10), U32(tail, at + 12), U32(tail, at + 16), end);
        end -= LocatorLength + LargeEndLength;
        byte[] large = file.Read(end, LargeEndLength);
        if (!large.AsSpan().StartsWith(LargeEndMark) || U64(locator, 8) != (ulong)end)
            throw Damaged("its end record for large files is not where it has to be");
        return (U64(large, 32), U64(large, 40), U64(large, 48), end);
    }

    private void ReadDirectory(ReadOnlySpan<byte> directory, ulong count, long begin)
    {
        List<(ulong Begin, ArchiveMember Member)> places = [];
        for (; count > 0; count--)
        {
            ArchiveEntry entry = ArchiveEntry.Read(ref directory) ?? throw Damaged("its directory has an entry that is none");
            CheckStored(entry);
            if (entry.Name.EndsWith('/') && entry.Size == 0)
                continue;
            ArchiveMember member = FindData(entry, begin);
            if (!members.TryAdd(entry.Name, member))
                throw Damaged($"it has two members {CheckpointText.Quote(entry.Name)}");
            places.Add((entry.Local, member));
        }

        if (!directory.IsEmpty)
            throw Damaged("its directory has more members than its end record says");
        ArchiveMember? previous = null;
        foreach ((ulong local, ArchiveMember member) in places.OrderBy(place => place.Begin))
        {
            if (previous is not null && local < (ulong)(previous.Begin + previous.Length))
                throw Damaged($"its members {CheckpointText.Quote(previous.Name)} and {CheckpointText.Quote(member.Name)} overlap");
            previous = member;
        }
    }

    private void CheckStored(ArchiveEntry entry)
    {
        string member = $"{file.Path}: member {CheckpointText.Quote(entry.Name)} of this zip archive";
        if (entry.IsEncrypted)
            throw new CheckpointFormatException($"{member} is encrypted; save the checkpoint again with torch.save.");
        if (entry.Method != 0)
        {
            throw new CheckpointFormatException(Invariant(
                $"{member} is compressed (method {entry.Method}), which torch.save does not do; unpack the archive and pack it again with 'zip -0 -r', or save the checkpoint again with torch.save."));
        }

        if (entry.Size != entry.StoredSize)
            throw Damaged(Invariant($"its member {CheckpointText.Quote(entry.Name)} takes {entry.StoredSize} bytes for {entry.Size}"));
    }

    private ArchiveMember FindData(ArchiveEntry entry, long directory)
    {
        string member = $"its member {CheckpointText.Quote(entry.Name)}";
        if (entry.Local > (ulong)directory || (ulong)directory - entry.Local < LocalLength)
            throw Damaged($"{member} begins behind the others");
        byte[] local = file.Read((long)entry.Local, LocalLength);
        long nameBegin = (long)entry.Local + LocalLength;
        long begin = nameBegin + U16(local, 26) + U16(local, 28);
        if (begin > directory || entry.Size > (ulong)(directory - begin))
            throw Damaged(Invariant($"{member} claims {entry.Size} bytes but there are {Math.Max(0, directory - begin)}"));
        if (!local.AsSpan().StartsWith(LocalMark) || ArchiveEntry.ReadName(file.Read(nameBegin, U16(local, 26))) != entry.Name)
            throw Damaged($"{member} is not where the directory says");
        return new ArchiveMember(entry.Name, begin, (long)entry.Size);
    }

    private CheckpointFormatException Damaged(string what) => new($"{file.Path}: this zip archive is damaged or truncated: {what}; download the file again.");

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
