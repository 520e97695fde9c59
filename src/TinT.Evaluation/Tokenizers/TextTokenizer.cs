using System.Text;
using TinT.Evaluation.Tokenizers.AddedTokens;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;
using TinT.Evaluation.Tokenizers.PostProcessors;
using TinT.Evaluation.Tokenizers.Sources;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers;

/// <summary>The tokenizer of a model directory: <c>tokenizer.json</c>, else <c>vocab.json</c> with <c>merges.txt</c>, else <c>tokenizer.model</c>.</summary>
/// <remarks>
/// <para>Texts go through the steps that the files ask for, as in Hugging Face's <c>tokenizers</c>, whose ids they get: added tokens are found, what is
/// between them is normalized, cut into parts, and the model finds the tokens of each part. <c>README.md</c> in this folder has the steps.</para>
/// <para>An instance caches the parts it has seen and is not safe for concurrent calls.</para>
/// </remarks>
public sealed class TextTokenizer : ITokenizer
{
    private readonly TokenizerParts parts;
    private readonly Dictionary<int, AddedToken> addedById = [];
    private readonly AddedTokenFinder? plainTokens;
    private readonly AddedTokenFinder? normalizedTokens;
    private readonly IdSink idSink;
    private readonly IPieceSink encoder;

    private TextTokenizer(string name, TokenizerParts parts, TokenTemplate template, TokenizerOptions options)
    {
        this.parts = parts;
        Name = name;
        StartIds = template.Before;
        EndIds = template.Behind;
        foreach (AddedToken token in parts.AddedTokens)
            addedById[token.Id] = token;
        VocabularySize = parts.AddedTokens.Select(token => token.Id + 1).Append(parts.Vocabulary.Size).Max();
        plainTokens = FinderOf(parts.AddedTokens.Where(token => !token.IsNormalized).Select(token => (token, Encoding.UTF8.GetBytes(token.Content))), options);
        normalizedTokens = FinderOf(parts.AddedTokens.Where(token => token.IsNormalized).Select(token => (token, Normalized(token.Content))), options);
        idSink = new IdSink(parts.Model);
        encoder = parts.PreTokenizers.Before(idSink);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> StartIds { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> EndIds { get; }

    /// <summary>Loads the tokenizer of a directory.</summary>
    /// <param name="directory">Directory of the files.</param>
    /// <param name="options">What the files must fit, and how texts are read; <see langword="null"/> for the defaults.</param>
    /// <exception cref="TokenizerFormatException">A file is missing, malformed, asks for what is not supported, or does not fit the others or the model.</exception>
    public static TextTokenizer Load(string directory, TokenizerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        options ??= new TokenizerOptions();
        TokenizerConfiguration configuration = TokenizerConfiguration.Read(directory);
        (TokenizerParts parts, bool hasTemplate) = TokenizerDirectory.Read(directory, configuration, options.UsualStartToken);
        parts = Fit(parts, options);
        TokenTemplate template = configuration.Apply(hasTemplate ? parts.Template : null, FindId, options.UsualStartToken);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        return new TextTokenizer(name, parts, template, options);

        int? FindId(string token) => parts.AddedTokens.FirstOrDefault(added => added.Content == token)?.Id ?? parts.Vocabulary.Find(token);
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> utf8, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        idSink.Ids = ids;
        Run(new Piece(ValidText.Of(utf8), null, 0, TextSteps.Start, isAtStart: true), encoder, idSink);
    }

    /// <inheritdoc/>
    public ExplainedText Explain(ReadOnlySpan<byte> utf8)
    {
        ExplainingSink sink = new(parts, PieceOf);
        Run(new Piece(ValidText.Of(utf8), Alignment.Identity, 0, TextSteps.Start, isAtStart: true), parts.PreTokenizers.Before(sink), sink);
        return new ExplainedText(sink.Tokens, sink.Parts);
    }

    /// <inheritdoc/>
    public string? PieceOf(int id) => addedById.TryGetValue(id, out AddedToken? added) ? added.Content : parts.Vocabulary.Find(id);

    /// <inheritdoc/>
    public byte[] DecodeUtf8(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        List<byte[]> tokens = new(ids.Length);
        for (int index = 0; index < ids.Length; index++)
        {
            string piece = PieceOf(ids[index])
                ?? throw new ArgumentOutOfRangeException(
                    nameof(ids), ids[index], $"Id {ids[index]} at index {index} is not in the vocabulary; ids run from 0 to {VocabularySize - 1}.");
            if (!skipSpecialTokens || !addedById.TryGetValue(ids[index], out AddedToken? added) || !added.IsSpecial)
                tokens.Add(Encoding.UTF8.GetBytes(piece));
        }

        if (parts.Decoder is { } decoder)
            return [.. decoder.Decode(tokens).SelectMany(bytes => bytes)];
        return Encoding.UTF8.GetBytes(string.Join(' ', tokens.Select(Encoding.UTF8.GetString)));
    }

    /// <summary>Checks that the model knows all ids; special tokens that it does not know are left out unless they are to be read.</summary>
    private static TokenizerParts Fit(TokenizerParts parts, TokenizerOptions options)
    {
        if (options.ModelVocabularySize is not { } size)
            return parts;
        if (parts.Vocabulary.Size > size)
        {
            KeyValuePair<string, int> first = parts.Vocabulary.Tokens.Where(token => token.Value >= size).MinBy(token => token.Value);
            throw new TokenizerFormatException(
                parts.File, null, $"token \"{first.Key}\" has id {first.Value}, but the model's vocabulary has {size} ids. The tokenizer belongs to another model.");
        }

        AddedToken? unknown = parts.AddedTokens.FirstOrDefault(token => token.Id >= size && (options.ReadSpecialTokens || !token.IsSpecial));
        if (unknown is not null)
        {
            throw new TokenizerFormatException(
                parts.File, null,
                $"the added token \"{unknown.Content}\" has id {unknown.Id}, but the model's vocabulary has {size} ids. Read special tokens as plain text, or remove this one.");
        }

        return parts with { AddedTokens = [.. parts.AddedTokens.Where(token => token.Id < size)] };
    }

    private static AddedTokenFinder? FinderOf(IEnumerable<(AddedToken Token, byte[] Spelling)> tokens, TokenizerOptions options)
    {
        (AddedToken Token, byte[] Spelling)[] some = [.. tokens.Where(token => token.Spelling.Length > 0)];
        return some.Length > 0 ? new AddedTokenFinder(some, options.ReadSpecialTokens) : null;
    }

    private byte[] Normalized(string content) =>
        parts.Normalizer is { } normalizer ? normalizer.Normalize(new Piece(Encoding.UTF8.GetBytes(content), null, 0, TextSteps.Start, isAtStart: true)).Text.ToArray() : Encoding.UTF8.GetBytes(content);

    /// <summary>Finds added tokens, first as they are spelled, then in what is between them as it is normalized, and cuts the rest.</summary>
    private void Run(in Piece text, IPieceSink steps, IAddedTokenSink sink)
    {
        int end = 0, search = 0;
        while (plainTokens is not null && plainTokens.TryFind(text.Text, end, ref search, out AddedToken? token, out Range place))
        {
            RunPlain(Between(text, end, place.Start.Value), steps, sink);
            sink.Accept(token, Between(text, place.Start.Value, place.End.Value));
            end = place.End.Value;
        }

        RunPlain(Between(text, end, text.Text.Length), steps, sink);
    }

    private void RunPlain(in Piece piece, IPieceSink steps, IAddedTokenSink sink)
    {
        if (piece.Text.IsEmpty)
            return;
        Piece text = parts.Normalizer is { } normalizer ? normalizer.Normalize(piece) : piece;
        int end = 0, search = 0;
        while (normalizedTokens is not null && normalizedTokens.TryFind(text.Text, end, ref search, out AddedToken? token, out Range place))
        {
            Cut(Between(text, end, place.Start.Value), steps);
            sink.Accept(token, Between(text, place.Start.Value, place.End.Value));
            end = place.End.Value;
        }

        Cut(Between(text, end, text.Text.Length), steps);
    }

    private static void Cut(in Piece piece, IPieceSink steps)
    {
        if (!piece.Text.IsEmpty)
            steps.Accept(piece);
    }

    private static Piece Between(in Piece text, int start, int end) => text.Slice(start, Math.Max(0, end - start), TextSteps.AddedToken);

    private interface IAddedTokenSink
    {
        void Accept(AddedToken token, in Piece piece);
    }

    /// <summary>Takes ids alone.</summary>
    private sealed class IdSink(IModel model) : IPieceSink, IAddedTokenSink
    {
        public List<int> Ids { get; set; } = [];

        public void Accept(in Piece piece) => model.Encode(piece.Text, Ids);

        public void Accept(AddedToken token, in Piece piece) => Ids.Add(token.Id);
    }

    /// <summary>Takes tokens with their places.</summary>
    private sealed class ExplainingSink(TokenizerParts parts, Func<int, string?> pieceOf) : IPieceSink, IAddedTokenSink
    {
        private readonly List<TokenPlace> found = [];

        public List<TextToken> Tokens { get; } = [];

        public List<TextPart> Parts { get; } = [];

        public void Accept(in Piece piece)
        {
            found.Clear();
            parts.Model.Encode(piece.Text, found);
            foreach (TokenPlace place in found)
            {
                (int start, int end) = piece.SpanOf(place.Start, place.Length);
                Tokens.Add(new TextToken(place.Id, pieceOf(place.Id)!, start, end, Parts.Count));
            }

            AddPart(piece);
        }

        public void Accept(AddedToken token, in Piece piece)
        {
            (int start, int end) = piece.SpanOf(0, piece.Text.Length);
            Tokens.Add(new TextToken(token.Id, token.Content, start, end, Parts.Count));
            AddPart(piece);
        }

        private void AddPart(in Piece piece)
        {
            (int start, int end) = piece.SpanOf(0, piece.Text.Length);
            Parts.Add(new TextPart(Encoding.UTF8.GetString(piece.Text), start, end, TextSteps.NameOf(piece.Step, parts.PreTokenizers)));
        }
    }
}
