namespace TinT.Evaluation.Tokenizers.Texts;

/// <summary>Texts by their bytes, so that all that a text starts with are found in one walk.</summary>
internal sealed class ByteTrie
{
    /// <summary>Where a walk starts.</summary>
    public const int Root = 0;

    private readonly int[] firstChild;
    private readonly byte[] labels;
    private readonly int[] values;

    private ByteTrie(int[] firstChild, byte[] labels, int[] values)
    {
        this.firstChild = firstChild;
        this.labels = labels;
        this.values = values;
    }

    /// <summary>Creates the trie; of a text that is there twice the later value counts.</summary>
    /// <param name="texts">Texts, none empty, each with a value from 0.</param>
    public static ByteTrie Of(IEnumerable<(byte[] Text, int Value)> texts)
    {
        (byte[] Text, int Value)[] sorted = [.. texts];
        Array.Sort(sorted, (one, other) => one.Text.AsSpan().SequenceCompareTo(other.Text));

        // Level by level: the children of a node lie beside each other.
        List<(int Start, int End, int Depth)> nodes = [(0, sorted.Length, 0)];
        List<byte> labels = [0];
        List<int> values = [-1];
        List<int> firstChild = [];
        for (int node = 0; node < nodes.Count; node++)
        {
            (int start, int end, int depth) = nodes[node];
            firstChild.Add(nodes.Count);
            while (start < end && sorted[start].Text.Length == depth)
                values[node] = sorted[start++].Value;
            while (start < end)
            {
                byte label = sorted[start].Text[depth];
                int childEnd = start;
                while (childEnd < end && sorted[childEnd].Text[depth] == label)
                    childEnd++;
                nodes.Add((start, childEnd, depth + 1));
                labels.Add(label);
                values.Add(-1);
                start = childEnd;
            }
        }

        firstChild.Add(nodes.Count);
        return new ByteTrie([.. firstChild], [.. labels], [.. values]);
    }

    /// <summary>Goes on by a byte.</summary>
    /// <param name="node">Where the walk is; where it comes to.</param>
    /// <param name="next">The byte.</param>
    /// <returns>Whether a text goes on so.</returns>
    public bool TryStep(ref int node, byte next)
    {
        int first = firstChild[node];
        int index = labels.AsSpan(first, firstChild[node + 1] - first).IndexOf(next);
        node = first + index;
        return index >= 0;
    }

    /// <summary>The value of the text that ends where the walk is; -1 if none does.</summary>
    /// <param name="node">Where the walk is.</param>
    public int ValueAt(int node) => values[node];

    /// <summary>The value of the longest text that another starts with; -1 if it starts with none.</summary>
    /// <param name="text">The other.</param>
    /// <param name="length">Bytes of the longest.</param>
    public int LongestAt(ReadOnlySpan<byte> text, out int length)
    {
        int found = -1;
        int node = Root;
        length = 0;
        for (int index = 0; index < text.Length && TryStep(ref node, text[index]); index++)
        {
            if (ValueAt(node) >= 0)
                (found, length) = (ValueAt(node), index + 1);
        }

        return found;
    }
}
