using System.Runtime.InteropServices;

namespace TinT.Evaluation.Corpora;

/// <summary>Cuts a stream of token ids into blocks.</summary>
internal sealed class BlockCutter
{
    private readonly int blockSize;
    private readonly int maxBlocks;
    private readonly List<int[]> blocks = [];
    private int[] current;
    private int filled;
    private long inGroup;

    /// <summary>Creates a cutter.</summary>
    /// <param name="blockSize">Ids in a block.</param>
    /// <param name="maxBlocks">Blocks after which ids are ignored.</param>
    public BlockCutter(int blockSize, int maxBlocks)
    {
        this.blockSize = blockSize;
        this.maxBlocks = maxBlocks;
        current = new int[blockSize];
    }

    /// <summary>The blocks so far.</summary>
    public IReadOnlyList<int[]> Blocks => blocks;

    /// <summary>Whether no more blocks are wanted.</summary>
    public bool IsFull => blocks.Count >= maxBlocks;

    /// <summary>Ids in the longest group so far.</summary>
    public long LongestGroup { get; private set; }

    /// <summary>Adds ids.</summary>
    public void Append(List<int> ids)
    {
        inGroup += ids.Count;
        LongestGroup = Math.Max(LongestGroup, inGroup);
        ReadOnlySpan<int> rest = CollectionsMarshal.AsSpan(ids);
        while (!rest.IsEmpty && !IsFull)
        {
            int taken = Math.Min(rest.Length, blockSize - filled);
            rest[..taken].CopyTo(current.AsSpan(filled));
            filled += taken;
            rest = rest[taken..];
            if (filled < blockSize)
                continue;
            blocks.Add(current);
            current = new int[blockSize];
            filled = 0;
        }
    }

    /// <summary>Drops the ids that fill no block; the next group starts with a new block.</summary>
    public void EndGroup()
    {
        filled = 0;
        inGroup = 0;
    }
}
