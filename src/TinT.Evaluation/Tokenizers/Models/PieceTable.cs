using System.Buffers.Binary;
using System.Numerics;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>Numbers by bytes: a hash table with open addressing whose keys lie behind each other in one array.</summary>
/// <param name="capacity">Entries to make room for.</param>
internal sealed class PieceTable(int capacity = 16)
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private Entry[] entries = new Entry[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * capacity))];
    private byte[] keys = new byte[8 * capacity];
    private int keyBytes;

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Finds a number.</summary>
    /// <param name="piece">The bytes.</param>
    /// <param name="value">The number.</param>
    public bool TryFind(ReadOnlySpan<byte> piece, out int value)
    {
        ref Entry entry = ref entries[SlotOf(piece, HashOf(piece))];
        value = entry.Value;
        return entry.IsUsed;
    }

    /// <summary>Sets the number of some bytes.</summary>
    /// <param name="piece">The bytes.</param>
    /// <param name="value">The number.</param>
    public void Set(ReadOnlySpan<byte> piece, int value)
    {
        if (2 * (Count + 1) > entries.Length)
            Grow();
        uint hash = HashOf(piece);
        ref Entry entry = ref entries[SlotOf(piece, hash)];
        if (!entry.IsUsed)
        {
            while (keys.Length - keyBytes < piece.Length)
                Array.Resize(ref keys, Math.Max(64, 2 * keys.Length));
            piece.CopyTo(keys.AsSpan(keyBytes));
            entry = new Entry(keyBytes, piece.Length, hash, value, IsUsed: true);
            keyBytes += piece.Length;
            Count++;
        }

        entry = entry with { Value = value };
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        Array.Clear(entries);
        (keyBytes, Count) = (0, 0);
    }

    private static uint HashOf(ReadOnlySpan<byte> piece)
    {
        ulong hash = (ulong)piece.Length * Multiplier;
        while (piece.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(piece));
            piece = piece[8..];
        }

        ulong last = 0;
        if (piece.Length >= 4)
        {
            last = BinaryPrimitives.ReadUInt32LittleEndian(piece);
            piece = piece[4..];
        }

        foreach (byte value in piece)
            last = (last << 8) | value;
        return (uint)(Mix(hash ^ last) >> 32);
    }

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, Multiplier, out ulong low);
        return high ^ low;
    }

    /// <summary>Where the entry of some bytes is or would be.</summary>
    private int SlotOf(ReadOnlySpan<byte> piece, uint hash)
    {
        int mask = entries.Length - 1;
        int slot = (int)(hash & (uint)mask);
        while (entries[slot].IsUsed && !(entries[slot].Hash == hash && keys.AsSpan(entries[slot].Start, entries[slot].Length).SequenceEqual(piece)))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        Entry[] old = entries;
        entries = new Entry[2 * old.Length];
        foreach (Entry entry in old)
        {
            if (entry.IsUsed)
                entries[SlotOf(keys.AsSpan(entry.Start, entry.Length), entry.Hash)] = entry;
        }
    }

    private readonly record struct Entry(int Start, int Length, uint Hash, int Value, bool IsUsed);
}
