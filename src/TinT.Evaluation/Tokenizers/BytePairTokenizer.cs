using System.Text;

namespace TinT.Evaluation.Tokenizers;

/// <summary>GPT-2's byte-level byte-pair encoding, as published with GPT-2, OPT and their kin.</summary>
/// <remarks>
/// <para>Source: A. Radford et al., <i>Language Models are Unsupervised Multitask Learners</i>, section 2.2, and <c>encoder.py</c> of its
/// release. Text is cut by a pattern, each piece's UTF-8 bytes are merged in the order of <c>merges.txt</c>; ids come from
/// <c>vocab.json</c> alone, so OPT's files, with other ids and special tokens, need nothing else. With
/// <see cref="BytePairTokenizerOptions.ReadSpecialTokens"/> special tokens are found first and the text between them is read so.</para>
/// <para>An instance caches the pieces it has seen and is not safe for concurrent calls.</para>
/// </remarks>
public sealed class BytePairTokenizer : ITokenizer
{
    // Longer pieces hardly ever come again; the bound keeps the cache below about 20 MB.
    private const int MaxCachedLength = 64;
    private const int MaxCachedPieces = 1 << 17;

    private readonly int[] byteIds = new int[256];
    private readonly byte[][] tokenBytes;
    private readonly Dictionary<int, byte[]> specialBytes = [];
    private readonly BytePairMerger merger;
    private readonly SpecialTokenFinder? specialTokens;
    private readonly Dictionary<string, int[]> cache = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> cacheByPiece;
    private byte[] utf8 = [];
    private int[] symbols = [];

    private BytePairTokenizer(
        string name,
        Dictionary<string, int> vocabulary,
        Dictionary<(int Left, int Right), BytePairMerge> merges,
        IReadOnlyCollection<SpecialToken> special,
        int? lineStartId)
    {
        Name = name;
        LineStartId = lineStartId;
        VocabularySize = special.Select(token => token.Id + 1).Append(vocabulary.Count).Max();
        tokenBytes = new byte[vocabulary.Count][];
        foreach ((string token, int id) in vocabulary)
            tokenBytes[id] = ByteAlphabet.ToBytes(token);
        foreach (SpecialToken token in special)
            specialBytes[token.Id] = Encoding.UTF8.GetBytes(token.Content);
        specialTokens = special.Count > 0 ? new SpecialTokenFinder(special) : null;
        for (int value = 0; value < byteIds.Length; value++)
            byteIds[value] = vocabulary[ByteAlphabet.ToCharacter((byte)value).ToString()];
        merger = new BytePairMerger(merges);
        cacheByPiece = cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int? LineStartId { get; }

    /// <summary>Loads <c>vocab.json</c> and <c>merges.txt</c>, and what says which tokens are special if they are read.</summary>
    /// <param name="directory">Directory of the files.</param>
    /// <param name="options">What the files must fit, and how texts are read; <see langword="null"/> for the defaults.</param>
    /// <exception cref="TokenizerFormatException">A file is missing, malformed, or does not fit the other one or the model.</exception>
    public static BytePairTokenizer Load(string directory, BytePairTokenizerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        options ??= new BytePairTokenizerOptions();
        string vocabularyFile = Path.Combine(directory, "vocab.json");
        Dictionary<string, int> vocabulary = VocabularyReader.Read(vocabularyFile, options.ModelVocabularySize);
        Dictionary<(int Left, int Right), BytePairMerge> merges = MergeReader.Read(Path.Combine(directory, "merges.txt"), vocabulary);
        int? lineStartId = null;
        if (options.LineStartToken is string token)
        {
            lineStartId = vocabulary.TryGetValue(token, out int id)
                ? id
                : throw new TokenizerFormatException(vocabularyFile, null, $"has no token \"{token}\", which is to start every line.");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        IReadOnlyCollection<SpecialToken> special = options.ReadSpecialTokens ? SpecialTokenReader.Read(directory, vocabulary, options) : [];
        return new BytePairTokenizer(name, vocabulary, merges, special, lineStartId);
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        int start = 0;
        while (specialTokens is not null && specialTokens.TryFind(text, start, out SpecialToken? token, out Range place))
        {
            EncodePlain(text[start..place.Start.Value], ids);
            ids.Add(token.Id);
            start = place.End.Value;
        }

        EncodePlain(text[start..], ids);
    }

    /// <inheritdoc/>
    public byte[] DecodeUtf8(ReadOnlySpan<int> ids)
    {
        List<byte> bytes = [];
        for (int i = 0; i < ids.Length; i++)
        {
            if (!specialBytes.TryGetValue(ids[i], out byte[]? token))
            {
                token = (uint)ids[i] < (uint)tokenBytes.Length
                    ? tokenBytes[ids[i]]
                    : throw new ArgumentOutOfRangeException(nameof(ids), ids[i], $"Id {ids[i]} at index {i} is not in the vocabulary; ids run from 0 to {VocabularySize - 1}.");
            }

            bytes.AddRange(token);
        }

        return [.. bytes];
    }

    private void EncodePlain(ReadOnlySpan<char> text, List<int> ids)
    {
        while (!text.IsEmpty)
        {
            int length = PreTokenizer.NextLength(text);
            ids.AddRange(EncodePiece(text[..length]));
            text = text[length..];
        }
    }

    private ReadOnlySpan<int> EncodePiece(ReadOnlySpan<char> piece)
    {
        if (cacheByPiece.TryGetValue(piece, out int[]? ids))
            return ids;

        int maxBytes = Encoding.UTF8.GetMaxByteCount(piece.Length);
        if (utf8.Length < maxBytes)
        {
            utf8 = new byte[maxBytes];
            symbols = new int[maxBytes];
        }

        int count = Encoding.UTF8.GetBytes(piece, utf8);
        for (int i = 0; i < count; i++)
            symbols[i] = byteIds[utf8[i]];
        ids = merger.Merge(symbols.AsSpan(0, count));
        if (piece.Length <= MaxCachedLength)
        {
            if (cache.Count >= MaxCachedPieces)
                cache.Clear();
            cacheByPiece[piece] = ids;
        }

        return ids;
    }
}
