using System.Runtime.InteropServices;
using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>Byte-pair encoding: characters, or bytes, are merged in the order of a list.</summary>
/// <remarks>Source: R. Sennrich, B. Haddow and A. Birch, <i>Neural Machine Translation of Rare Words with Subword Units</i>, section 3.2.</remarks>
internal sealed class BytePairModel : IModel
{
    private const int None = -1;

    private readonly BytePairOptions options;
    private readonly PieceTable symbolIds = new();
    private readonly PieceTable tokenIds = new();
    private readonly int[] byteIds;
    private readonly ByteTrie? wholeTokens;
    private readonly SymbolMerger merger;
    private readonly PieceCache cache = new();
    private readonly List<TokenPlace> symbols = [];
    private readonly List<int> found = [];
    private TokenPlace? unknown;

    /// <summary>Creates the model.</summary>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="merges">The merges, of ids of the vocabulary.</param>
    /// <param name="options">The rest.</param>
    public BytePairModel(Vocabulary vocabulary, MergeTable merges, BytePairOptions options)
    {
        this.options = options;
        merger = new SymbolMerger(merges);
        foreach ((string token, int id) in vocabulary.Tokens)
        {
            // What is not written in the alphabet of bytes, no bytes make.
            byte[]? bytes = options.IsByteLevel ? ByteAlphabet.TryReadBytes(token) : Encoding.UTF8.GetBytes(token);
            if (bytes is not { Length: > 0 })
                continue;
            if (options.IgnoresMerges)
                tokenIds.Set(bytes, id);
            if (bytes.Length == (options.IsByteLevel ? 1 : CodePoints.LengthOf(bytes[0])))
                symbolIds.Set(bytes, id);
        }

        if (options.WholeIds.Count > 0)
            wholeTokens = ByteTrie.Of(options.WholeIds.Select(id => (Encoding.UTF8.GetBytes(vocabulary.Find(id)!), id)));
        byteIds = [.. Enumerable.Range(0, options.FallsBackToBytes ? 256 : 0).Select(value => vocabulary.Find($"<0x{value:X2}>") ?? None)];
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> piece, List<int> ids)
    {
        if (options.IgnoresMerges && tokenIds.TryFind(piece, out int whole))
        {
            ids.Add(whole);
            return;
        }

        if (cache.TryAppend(piece, ids))
            return;
        Find(piece);
        found.Clear();
        foreach (TokenPlace symbol in symbols)
            found.Add(symbol.Id);
        cache.Add(piece, CollectionsMarshal.AsSpan(found));
        ids.AddRange(found);
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> piece, List<TokenPlace> tokens)
    {
        if (options.IgnoresMerges && tokenIds.TryFind(piece, out int whole))
        {
            tokens.Add(new TokenPlace(whole, 0, piece.Length));
            return;
        }

        Find(piece);
        tokens.AddRange(symbols);
    }

    private void Find(ReadOnlySpan<byte> piece)
    {
        symbols.Clear();
        unknown = null;
        for (int index = 0; index < piece.Length;)
        {
            if (TryAddWhole(piece, ref index))
                continue;
            int length = options.IsByteLevel ? 1 : CodePoints.LengthOf(piece[index]);
            AddSymbol(piece.Slice(index, length), index);
            index += length;
        }

        FlushUnknown();
        merger.Merge(symbols);
    }

    private bool TryAddWhole(ReadOnlySpan<byte> piece, ref int index)
    {
        if (wholeTokens is null || wholeTokens.LongestAt(piece[index..], out int length) is not (>= 0 and int id))
            return false;
        FlushUnknown();
        symbols.Add(new TokenPlace(id, index, length));
        index += length;
        return true;
    }

    private void AddSymbol(ReadOnlySpan<byte> character, int start)
    {
        if (symbolIds.TryFind(character, out int id))
        {
            FlushUnknown();
            symbols.Add(new TokenPlace(id, start, character.Length));
            return;
        }

        if (options.FallsBackToBytes && TryAddBytes(character, start))
            return;
        if (options.UnknownId is not { } unknownId)
            return;
        if (unknown is { } pending && options.FusesUnknown)
        {
            unknown = pending with { Length = start + character.Length - pending.Start };
            return;
        }

        FlushUnknown();
        unknown = new TokenPlace(unknownId, start, character.Length);
    }

    /// <summary>Adds the tokens of a character's bytes, if all have one. A pending unknown token comes behind them, as in Hugging Face's implementation.</summary>
    private bool TryAddBytes(ReadOnlySpan<byte> character, int start)
    {
        Span<byte> letter = stackalloc byte[2];
        ReadOnlySpan<byte> bytes = options.IsByteLevel ? letter[..Encoding.UTF8.GetBytes([ByteAlphabet.ToCharacter(character[0])], letter)] : character;
        foreach (byte value in bytes)
        {
            if (byteIds[value] == None)
                return false;
        }

        for (int index = 0; index < bytes.Length; index++)
            symbols.Add(options.IsByteLevel ? new TokenPlace(byteIds[bytes[index]], start, 1) : new TokenPlace(byteIds[bytes[index]], start + index, 1));
        return true;
    }

    private void FlushUnknown()
    {
        if (unknown is { } pending)
            symbols.Add(pending);
        unknown = null;
    }
}
