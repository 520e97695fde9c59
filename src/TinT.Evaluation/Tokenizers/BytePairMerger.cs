namespace TinT.Evaluation.Tokenizers;

/// <summary>Merges the bytes of one pre-token: again and again, every occurrence of the pair that comes first in <c>merges.txt</c>.</summary>
/// <remarks>
/// The same result as the loop <c>bpe</c> in <c>encoder.py</c> of OpenAI's GPT-2 release, for any order of merges, in O(n log n):
/// a queue holds the pairs by rank, then position; pairs that a round creates are offered only after the round.
/// </remarks>
internal sealed class BytePairMerger
{
    private readonly IReadOnlyDictionary<(int Left, int Right), BytePairMerge> merges;
    private readonly PriorityQueue<Candidate, (int Rank, int Position)> queue = new();
    private readonly List<int> merged = [];
    private int[] ids = [];
    private int[] previous = [];
    private int[] next = [];

    /// <summary>Creates a merger.</summary>
    /// <param name="merges">Merges by the pair of ids they join.</param>
    public BytePairMerger(IReadOnlyDictionary<(int Left, int Right), BytePairMerge> merges)
    {
        this.merges = merges;
    }

    /// <summary>The ids that are left when no pair can be merged.</summary>
    /// <param name="symbols">Ids of the single bytes, at least one.</param>
    public int[] Merge(ReadOnlySpan<int> symbols)
    {
        Link(symbols);
        for (int position = 0; position < symbols.Length - 1; position++)
            Offer(position);
        while (queue.TryPeek(out _, out (int Rank, int Position) first))
        {
            MergeAll(first.Rank);
            foreach (int position in merged)
            {
                if (previous[position] >= 0)
                    Offer(previous[position]);
                if (next[position] >= 0)
                    Offer(position);
            }
        }

        List<int> result = [];
        for (int position = 0; position >= 0; position = next[position])
            result.Add(ids[position]);
        return [.. result];
    }

    private void Link(ReadOnlySpan<int> symbols)
    {
        if (ids.Length < symbols.Length)
        {
            int length = Math.Max(64, symbols.Length);
            ids = new int[length];
            previous = new int[length];
            next = new int[length];
        }

        symbols.CopyTo(ids);
        for (int position = 0; position < symbols.Length; position++)
        {
            previous[position] = position - 1;
            next[position] = position + 1 < symbols.Length ? position + 1 : -1;
        }
    }

    /// <summary>Queues the pair that starts at a position, if it can be merged.</summary>
    private void Offer(int position)
    {
        (int Left, int Right) pair = (ids[position], ids[next[position]]);
        if (merges.TryGetValue(pair, out BytePairMerge merge))
            queue.Enqueue(new Candidate(position, pair.Left, pair.Right, merge.Id), (merge.Rank, position));
    }

    /// <summary>Merges every occurrence of the pair of one rank from left to right, and notes where.</summary>
    private void MergeAll(int rank)
    {
        merged.Clear();
        while (queue.TryPeek(out Candidate candidate, out (int Rank, int Position) priority) && priority.Rank == rank)
        {
            queue.Dequeue();
            int right = ids[candidate.Position] == candidate.Left ? next[candidate.Position] : -1;
            // An earlier merge may have taken either half; its token is longer, so the ids tell.
            if (right < 0 || ids[right] != candidate.Right)
                continue;
            ids[candidate.Position] = candidate.Merged;
            ids[right] = -1;
            next[candidate.Position] = next[right];
            if (next[right] >= 0)
                previous[next[right]] = candidate.Position;
            merged.Add(candidate.Position);
        }
    }

    private readonly record struct Candidate(int Position, int Left, int Right, int Merged);
}
