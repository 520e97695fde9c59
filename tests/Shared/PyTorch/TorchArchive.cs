using System.Buffers.Binary;
using System.Text;

namespace TinT.Tests.Common;

/// <summary>Writes zip archives as PyTorch lays them out: members stored, each aligned to 64 bytes by an extra field, records for large files at the end.</summary>
internal sealed class TorchArchive(string folder = "archive")
{
    private const int Alignment = 64;

    private readonly List<(byte[] Name, byte[] Data, int Local, ushort Method)> members = [];
    private readonly List<byte> bytes = [];

    /// <summary>An archive of a pickle and storages by key, with the members that PyTorch 2.10 adds.</summary>
    public static byte[] Of(byte[] pickle, params IEnumerable<(string Key, byte[] Data)> storages)
    {
        TorchArchive archive = new();
        archive.Add("data.pkl", pickle);
        archive.Add(".format_version", "1"u8);
        archive.Add(".storage_alignment", "64"u8);
        archive.Add("byteorder", "little"u8);
        foreach ((string key, byte[] data) in storages)
            archive.Add($"data/{key}", data);
        archive.Add("version", "3\n"u8);
        archive.Add(".data/serialization_id", "0636457737946401051300000000000000000000"u8);
        return archive.ToArray();
    }

    /// <summary>Adds a member.</summary>
    /// <param name="name">Its name in the folder.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="method">How the directory says that it is compressed; it is not.</param>
    public void Add(string name, ReadOnlySpan<byte> data, ushort method = 0)
    {
        byte[] path = Encoding.UTF8.GetBytes($"{folder}/{name}");
        int local = bytes.Count;
        int padding = Alignment - ((local + 30 + path.Length + 4) % Alignment);
        Span<byte> header = stackalloc byte[30];
        "PK\x03\x04"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 0x0808);
        BinaryPrimitives.WriteUInt16LittleEndian(header[26..], (ushort)path.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[28..], (ushort)(4 + padding));
        bytes.AddRange(header);
        bytes.AddRange(path);
        bytes.AddRange([(byte)'F', (byte)'B', (byte)padding, 0]);
        bytes.AddRange(Enumerable.Repeat((byte)'Z', padding));
        bytes.AddRange(data);
        members.Add((path, data.ToArray(), local, method));
    }

    /// <summary>The archive.</summary>
    public byte[] ToArray()
    {
        long directory = bytes.Count;
        Span<byte> entry = stackalloc byte[46];
        foreach ((byte[] name, byte[] data, int local, ushort method) in members)
        {
            entry.Clear();
            "PK\x01\x02"u8.CopyTo(entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[8..], 0x0808);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[10..], method);
            BinaryPrimitives.WriteInt32LittleEndian(entry[20..], data.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[24..], data.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[28..], (ushort)name.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[42..], local);
            bytes.AddRange(entry);
            bytes.AddRange(name);
        }

        long end = bytes.Count;
        Span<byte> records = stackalloc byte[56 + 20 + 22];
        records.Clear();
        "PK\x06\x06"u8.CopyTo(records);
        BinaryPrimitives.WriteInt64LittleEndian(records[4..], 44);
        BinaryPrimitives.WriteInt64LittleEndian(records[24..], members.Count);
        BinaryPrimitives.WriteInt64LittleEndian(records[32..], members.Count);
        BinaryPrimitives.WriteInt64LittleEndian(records[40..], end - directory);
        BinaryPrimitives.WriteInt64LittleEndian(records[48..], directory);
        "PK\x06\x07"u8.CopyTo(records[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(records[64..], end);
        BinaryPrimitives.WriteInt32LittleEndian(records[72..], 1);
        "PK\x05\x06"u8.CopyTo(records[76..]);
        BinaryPrimitives.WriteUInt16LittleEndian(records[84..], (ushort)members.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(records[86..], (ushort)members.Count);
        BinaryPrimitives.WriteInt32LittleEndian(records[88..], (int)(end - directory));
        BinaryPrimitives.WriteInt32LittleEndian(records[92..], (int)directory);
        bytes.AddRange(records);
        return [.. bytes];
    }
}
