using System.Runtime.InteropServices;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>Merges neighbouring symbols of a part: again and again the pair of lowest rank, of several the first.</summary>
/// <param name="merges">The merges.</param>
internal sealed class SymbolMerger(MergeTable merges)
{
    /// <summary>From so many symbols on, a queue is faster than looking at every pair in each round.</summary>
    private const int ManySymbols = 96;

    private readonly PriorityQueue<(int Position, int Left, int Right), ulong> queue = new();
    private int[] ranks = [];
    private int[] merged = [];
    private int[] previous = [];
    private int[] next = [];

    /// <summary>Merges symbols in place.</summary>
    /// <param name="symbols">The symbols: their ids, and lengths that are added up.</param>
    public void Merge(List<TokenPlace> symbols)
    {
        Reserve(symbols.Count);
        if (symbols.Count >= ManySymbols)
            MergeMany(symbols);
        else if (symbols.Count > 1)
            MergeFew(symbols);
    }

    private void MergeFew(List<TokenPlace> list)
    {
        Span<TokenPlace> symbols = CollectionsMarshal.AsSpan(list);
        int count = symbols.Length;
        for (int index = 0; index < count - 1; index++)
            Rank(symbols, index);
        while (count > 1)
        {
            int best = 0;
            for (int index = 1; index < count - 1; index++)
            {
                if (ranks[index] < ranks[best])
                    best = index;
            }

            if (ranks[best] == int.MaxValue)
                break;
            symbols[best] = Join(symbols[best], symbols[best + 1], merged[best]);
            count--;
            symbols[(best + 2)..(count + 1)].CopyTo(symbols[(best + 1)..]);
            ranks.AsSpan(best + 2, Math.Max(0, count - best - 2)).CopyTo(ranks.AsSpan(best + 1));
            merged.AsSpan(best + 2, Math.Max(0, count - best - 2)).CopyTo(merged.AsSpan(best + 1));
            if (best < count - 1)
                Rank(symbols, best);
            if (best > 0)
                Rank(symbols, best - 1);
        }

        list.RemoveRange(count, list.Count - count);
    }

    private void Rank(ReadOnlySpan<TokenPlace> symbols, int index)
    {
        bool isThere = merges.TryFind(symbols[index].Id, symbols[index + 1].Id, out Merge merge);
        (ranks[index], merged[index]) = isThere ? (merge.Rank, merge.Id) : (int.MaxValue, 0);
    }

    private void MergeMany(List<TokenPlace> list)
    {
        Span<TokenPlace> symbols = CollectionsMarshal.AsSpan(list);
        for (int position = 0; position < symbols.Length; position++)
            (previous[position], next[position]) = (position - 1, position + 1 < symbols.Length ? position + 1 : -1);
        queue.Clear();
        for (int position = 0; position < symbols.Length - 1; position++)
            Offer(symbols, position);
        while (queue.TryDequeue(out (int Position, int Left, int Right) pair, out _))
        {
            int right = symbols[pair.Position].Id == pair.Left ? next[pair.Position] : -1;
            // An earlier merge may have taken either half; its token is another, so the ids tell.
            if (right < 0 || symbols[right].Id != pair.Right)
                continue;
            merges.TryFind(pair.Left, pair.Right, out Merge merge);
            symbols[pair.Position] = Join(symbols[pair.Position], symbols[right], merge.Id);
            symbols[right] = new TokenPlace(-1, 0, 0);
            next[pair.Position] = next[right];
            if (next[right] >= 0)
                previous[next[right]] = pair.Position;
            if (previous[pair.Position] >= 0)
                Offer(symbols, previous[pair.Position]);
            if (next[pair.Position] >= 0)
                Offer(symbols, pair.Position);
        }

        list.RemoveAll(symbol => symbol.Id < 0);
    }

    /// <summary>Queues the pair that starts at a position, if it can be merged.</summary>
    private void Offer(ReadOnlySpan<TokenPlace> symbols, int position)
    {
        (int left, int right) = (symbols[position].Id, symbols[next[position]].Id);
        if (merges.TryFind(left, right, out Merge merge))
            queue.Enqueue((position, left, right), ((ulong)(uint)merge.Rank << 32) | (uint)position);
    }

    private static TokenPlace Join(TokenPlace left, TokenPlace right, int id) => new(id, left.Start, left.Length + right.Length);

    private void Reserve(int count)
    {
        if (ranks.Length >= count)
            return;
        int length = Math.Max(ManySymbols, count);
        (ranks, merged) = (new int[length], new int[length]);
        (previous, next) = (new int[length], new int[length]);
    }
}
