using System.Runtime.InteropServices;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>The ids of parts of texts that came before, bounded to about 10 MB.</summary>
internal sealed class PieceCache
{
    // Longer parts hardly ever come again.
    private const int MostBytes = 64;
    private const int MostPieces = 1 << 16;

    private readonly PieceTable places = new();
    private readonly List<int> ids = [];

    /// <summary>Appends the ids of a part that came before.</summary>
    /// <param name="piece">The part.</param>
    /// <param name="found">Where they go.</param>
    public bool TryAppend(ReadOnlySpan<byte> piece, List<int> found)
    {
        if (piece.Length > MostBytes || !places.TryFind(piece, out int place))
            return false;
        ReadOnlySpan<int> stored = CollectionsMarshal.AsSpan(ids);
        int count = stored[place];
        if (count == 1)
            found.Add(stored[place + 1]);
        else
            found.AddRange(stored.Slice(place + 1, count));
        return true;
    }

    /// <summary>Keeps the ids of a part.</summary>
    /// <param name="piece">The part.</param>
    /// <param name="found">Its ids.</param>
    public void Add(ReadOnlySpan<byte> piece, ReadOnlySpan<int> found)
    {
        if (piece.Length > MostBytes)
            return;
        if (places.Count >= MostPieces)
        {
            places.Clear();
            ids.Clear();
        }

        places.Set(piece, ids.Count);
        ids.Add(found.Length);
        ids.AddRange(found);
    }
}
