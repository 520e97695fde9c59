using System.Runtime.InteropServices;
using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>A unigram language model: of all ways to put a part together from tokens the one whose scores add up to most.</summary>
/// <remarks>Source: T. Kudo, <i>Subword Regularization</i>, section 3.1; the best way is found as by Viterbi.</remarks>
internal sealed class UnigramModel : IModel
{
    /// <summary>How much less than the lowest score of a token an unknown character has.</summary>
    private const double UnknownPenalty = 10;

    private const int None = -1;

    private readonly ByteTrie trie;
    private readonly UnigramOptions options;
    private readonly double unknownScore;
    private readonly int[] byteIds;
    private readonly PieceCache cache = new();
    private readonly List<TokenPlace> tokens = [];
    private readonly List<int> found = [];
    private Node[] best = [];

    /// <summary>Creates the model.</summary>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="options">The rest.</param>
    public UnigramModel(Vocabulary vocabulary, UnigramOptions options)
    {
        this.options = options;
        unknownScore = options.LeastScore - UnknownPenalty;
        trie = ByteTrie.Of(vocabulary.Tokens.Where(token => options.IsInTexts(token.Value))
            .Select(token => (Bytes: options.IsByteLevel ? ByteAlphabet.TryReadBytes(token.Key) : Encoding.UTF8.GetBytes(token.Key), token.Value))
            .Where(token => token.Bytes is { Length: > 0 }).Select(token => (token.Bytes!, token.Value)));
        byteIds = [.. Enumerable.Range(0, options.FallsBackToBytes ? 256 : 0).Select(value => vocabulary.Find($"<0x{value:X2}>") ?? None)];
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> piece, List<int> ids)
    {
        if (cache.TryAppend(piece, ids))
            return;
        Find(piece);
        found.Clear();
        foreach (TokenPlace token in tokens)
            found.Add(token.Id);
        cache.Add(piece, CollectionsMarshal.AsSpan(found));
        ids.AddRange(found);
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> piece, List<TokenPlace> places)
    {
        Find(piece);
        places.AddRange(tokens);
    }

    private void Find(ReadOnlySpan<byte> piece)
    {
        FindBest(piece);
        tokens.Clear();
        for (int end = piece.Length; end > 0;)
        {
            Node node = best[end];
            int start = node.Start;
            if (node.Id == options.UnknownId)
            {
                // Unknown neighbours are one.
                while (start > 0 && best[start].Id == options.UnknownId)
                    start = best[start].Start;
                AddUnknown(piece[start..end], start);
            }
            else
            {
                tokens.Add(new TokenPlace(node.Id, start, end - start));
            }

            end = start;
        }

        tokens.Reverse();
    }

    /// <summary>Adds, from the last byte to the first, the tokens of what is unknown; a text may spell the unknown token itself.</summary>
    private void AddUnknown(ReadOnlySpan<byte> text, int start)
    {
        if (trie.LongestAt(text, out int length) is >= 0 and int id && length == text.Length)
        {
            tokens.Add(new TokenPlace(id, start, text.Length));
            return;
        }

        bool hasBytes = byteIds.Length > 0;
        foreach (byte value in text)
            hasBytes = hasBytes && byteIds[value] != None;
        if (!hasBytes)
        {
            tokens.Add(new TokenPlace(options.UnknownId, start, text.Length));
            return;
        }

        for (int index = text.Length - 1; index >= 0; index--)
            tokens.Add(new TokenPlace(byteIds[text[index]], start + index, 1));
    }

    /// <summary>For each place the token that ends there in the best way to get there.</summary>
    private void FindBest(ReadOnlySpan<byte> piece)
    {
        if (best.Length <= piece.Length)
            best = new Node[Math.Max(64, piece.Length + 1)];
        best.AsSpan(0, piece.Length + 1).Fill(new Node(None, 0, 0));
        int length;
        for (int start = 0; start < piece.Length; start += length)
        {
            length = options.IsByteLevel ? 1 : CodePoints.LengthOf(piece[start]);
            double scoreHere = best[start].Score;
            bool hasToken = false;
            int node = ByteTrie.Root;
            for (int end = start; end < piece.Length && trie.TryStep(ref node, piece[end]);)
            {
                end++;
                int id = trie.ValueAt(node);
                if (id < 0)
                    continue;
                Offer(end, new Node(id, start, Sum(options.Scores[id], scoreHere)));
                hasToken |= end - start == length;
            }

            if (!hasToken)
                Offer(start + length, new Node(options.UnknownId, start, Sum(unknownScore, scoreHere)));
        }
    }

    private double Sum(double one, double other) => options.IsSinglePrecision ? (float)one + (float)other : one + other;

    private void Offer(int end, Node node)
    {
        if (best[end].Id == None || node.Score > best[end].Score)
            best[end] = node;
    }

    private readonly record struct Node(int Id, int Start, double Score);
}
