using System.Numerics;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>Merges by the pair of ids they join: a hash table with open addressing, since every pair of a text is looked up.</summary>
internal sealed class MergeTable
{
    private const ulong Empty = ulong.MaxValue;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private ulong[] keys = [Empty, Empty];
    private Merge[] merges = new Merge[2];
    private int count;

    /// <summary>Sets what a pair is merged to; of a pair that is set twice the later counts.</summary>
    /// <param name="left">Id of the left token, from 0.</param>
    /// <param name="right">Id of the right token, from 0.</param>
    /// <param name="merge">What they are merged to.</param>
    public void Set(int left, int right, Merge merge)
    {
        if (2 * (count + 1) > keys.Length)
            Grow();
        int slot = SlotOf(KeyOf(left, right));
        if (keys[slot] == Empty)
            count++;
        (keys[slot], merges[slot]) = (KeyOf(left, right), merge);
    }

    /// <summary>Finds what a pair is merged to.</summary>
    /// <param name="left">Id of the left token.</param>
    /// <param name="right">Id of the right token.</param>
    /// <param name="merge">What they are merged to.</param>
    public bool TryFind(int left, int right, out Merge merge)
    {
        int slot = SlotOf(KeyOf(left, right));
        merge = merges[slot];
        return keys[slot] != Empty;
    }

    private static ulong KeyOf(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    /// <summary>Where a key is or would be.</summary>
    private int SlotOf(ulong key)
    {
        int mask = keys.Length - 1;
        int slot = (int)(BitOperations.RotateLeft(key * Multiplier, 32) & (uint)mask);
        while (keys[slot] != key && keys[slot] != Empty)
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        (ulong[] oldKeys, Merge[] oldMerges) = (keys, merges);
        keys = new ulong[2 * oldKeys.Length];
        merges = new Merge[keys.Length];
        Array.Fill(keys, Empty);
        for (int index = 0; index < oldKeys.Length; index++)
        {
            if (oldKeys[index] == Empty)
                continue;
            int slot = SlotOf(oldKeys[index]);
            (keys[slot], merges[slot]) = (oldKeys[index], oldMerges[index]);
        }
    }
}
