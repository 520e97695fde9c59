using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Decoders;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;
using TinT.Evaluation.Tokenizers.Normalizers;
using TinT.Evaluation.Tokenizers.PostProcessors;
using TinT.Evaluation.Tokenizers.PreTokenizers;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>Reads <c>tokenizer.model</c>, a SentencePiece model: byte-pair encoding, as of LLaMA, Mistral and Gemma, or a unigram language model.</summary>
internal static class SentencePieceFile
{
    /// <summary>Name of the file.</summary>
    public const string Name = "tokenizer.model";

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="directory">Directory of the file.</param>
    /// <exception cref="TokenizerFormatException">The file cannot be read, is malformed, or asks for what is not supported.</exception>
    public static TokenizerParts Read(string directory)
    {
        string path = Path.Combine(directory, Name);
        SentencePieceModel model = ReadModel(path);
        Vocabulary vocabulary = new();
        for (int id = 0; id < model.Pieces.Count; id++)
        {
            if (vocabulary.TryAdd(model.Pieces[id].Text, id) is { } problem)
                throw new TokenizerFormatException(path, null, problem);
        }

        int[] userDefined = [.. Enumerable.Range(0, model.Pieces.Count).Where(id => model.Pieces[id].Kind == SentencePieceKind.UserDefined)];
        return new TokenizerParts
        {
            File = path,
            Vocabulary = vocabulary,
            Model = model.Algorithm == SentencePieceModel.BytePair ? BytePair(model, vocabulary, userDefined) : Unigram(model, vocabulary),
            Normalizer = new SentencePieceRules(ReadRules(path, model), userDefined.Length > 0 ? ByteTrie.Of(userDefined.Select(id => (Encoding.UTF8.GetBytes(model.Pieces[id].Text), id))) : null)
            {
                AddsPrefix = model.AddsPrefix,
                RemovesExtraSpaces = model.RemovesExtraSpaces,
                EscapesSpaces = model.EscapesSpaces,
            },
            PreTokenizers = PreTokenizerChain.Of([]),
            AddedTokens = AddedTokenFiles.Read(directory, vocabulary, usualStartToken: null),
            Template = model.StartId >= 0 && model.StartId < model.Pieces.Count ? new TokenTemplate([model.StartId], []) : TokenTemplate.Text,
            Decoder = new Decoders.Sequence(
            [
                new Decoders.Replace(new Normalizers.Replace(new Patterns.LiteralPattern("▁"), " ")),
                new ByteFallback(),
                new Fuse(),
                .. model.AddsPrefix ? [new Decoders.Strip(new Rune(' '), 1, 0)] : (IDecoder[])[],
            ]),
        };
    }

    private static SentencePieceModel ReadModel(string path)
    {
        SentencePieceModel model;
        try
        {
            model = SentencePieceModel.Read(TokenizerFile.Read(path).Span);
        }
        catch (FormatException exception)
        {
            throw new TokenizerFormatException(path, null, $"is no SentencePiece model: {exception.Message} Download the file again.", exception);
        }

        if (model.Pieces.Count == 0 || (uint)model.UnknownId >= (uint)model.Pieces.Count)
            throw new TokenizerFormatException(path, null, "is no SentencePiece model: it has no piece for unknown characters. Download the file again.");
        if (model.Algorithm is not (SentencePieceModel.Unigram or SentencePieceModel.BytePair))
            throw new TokenizerFormatException(
                path, null, "is a SentencePiece model of words or characters, which is not supported; there are unigram and BPE models.");
        if (model.PutsSpaceBehind)
            throw new TokenizerFormatException(
                path, null, "has spaces behind words (treat_whitespace_as_suffix), which is not supported. Use a model whose tokenizer has them before words.");
        int unused = model.Pieces.FindIndex(piece => piece.Kind == SentencePieceKind.Unused);
        if (unused >= 0)
            throw new TokenizerFormatException(path, null, $"has the unused piece \"{model.Pieces[unused].Text}\" of id {unused}; vocabularies that are restricted are not supported. Use the whole one.");
        return model;
    }

    private static CharacterMap? ReadRules(string path, SentencePieceModel model)
    {
        if (model.Rules.Length == 0)
            return null;
        return CharacterMap.TryRead(model.Rules) ?? throw new TokenizerFormatException(
            path, null, "has normalization rules that are cut off; download the file again.");
    }

    /// <summary>Pairs merge by the score of what they make; pairs that make the same have one rank, so that the first of them in a text merges.</summary>
    private static BytePairModel BytePair(SentencePieceModel model, Vocabulary vocabulary, int[] userDefined)
    {
        Dictionary<float, int> ranks = model.Pieces.Select(piece => piece.Score)
            .Distinct().OrderDescending().Select((score, rank) => (score, rank)).ToDictionary(pair => pair.score, pair => pair.rank);
        MergeTable merges = new();
        for (int id = 0; id < model.Pieces.Count; id++)
        {
            (string text, float score, SentencePieceKind kind) = model.Pieces[id];
            if (kind != SentencePieceKind.Normal)
                continue;
            for (int cut = 1; cut < text.Length; cut++)
            {
                if (NormalId(text[..cut]) is { } left && NormalId(text[cut..]) is { } right)
                    merges.Set(left, right, new Merge(ranks[score], id));
            }
        }

        return new BytePairModel(vocabulary, merges, new BytePairOptions
        {
            FallsBackToBytes = model.FallsBackToBytes,
            UnknownId = model.UnknownId,
            FusesUnknown = true,
            WholeIds = userDefined,
        });

        int? NormalId(string text) => vocabulary.Find(text) is { } id && model.Pieces[id].Kind == SentencePieceKind.Normal ? id : null;
    }

    private static UnigramModel Unigram(SentencePieceModel model, Vocabulary vocabulary)
    {
        float[] normal = [.. model.Pieces.Where(piece => piece.Kind == SentencePieceKind.Normal).Select(piece => piece.Score).DefaultIfEmpty(0)];
        return new UnigramModel(vocabulary, new UnigramOptions
        {
            // User-defined pieces have as much as others of their length, but for a little.
            Scores = [.. model.Pieces.Select(
                piece => piece.Kind == SentencePieceKind.UserDefined ? (Encoding.UTF8.GetByteCount(piece.Text) * normal.Max()) - 0.1f : (double)piece.Score)],
            LeastScore = normal.Min(),
            UnknownId = model.UnknownId,
            FallsBackToBytes = model.FallsBackToBytes,
            IsSinglePrecision = true,
            IsInTexts = id => model.Pieces[id].Kind is SentencePieceKind.Normal or SentencePieceKind.UserDefined,
        });
    }
}
