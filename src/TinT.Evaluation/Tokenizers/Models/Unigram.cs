using System.Text.Json;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary><c>Unigram</c>: a unigram language model.</summary>
internal static class Unigram
{
    /// <summary>Its name.</summary>
    public const string Name = "Unigram";

    /// <summary>Reads the row.</summary>
    public static (Vocabulary Vocabulary, IModel Model) Read(JsonPlace place, bool isByteLevel)
    {
        Vocabulary vocabulary = new();
        List<double> scores = [];
        JsonPlace vocab = place.Get("vocab");
        foreach (JsonElement item in vocab.Elements())
        {
            bool isPair = item.ValueKind == JsonValueKind.Array
                && item.GetArrayLength() == 2 && item[0].ValueKind == JsonValueKind.String && item[1].ValueKind == JsonValueKind.Number;
            if (!isPair || !item[1].TryGetDouble(out double score) || !double.IsFinite(score))
                throw vocab.Item(scores.Count, item).Error("must be a token and its score.");
            if (vocabulary.TryAdd(item[0].GetString()!, scores.Count) is { } problem)
                throw vocab.Item(scores.Count, item).Error(problem);
            scores.Add(score);
        }

        JsonPlace unknown = place.Get("unk_id");
        if (unknown.Count() >= scores.Count)
            throw unknown.Error($"is {unknown.Describe()}, but the vocabulary has {scores.Count} tokens.");
        UnigramOptions options = new()
        {
            Scores = [.. scores],
            LeastScore = scores.Min(),
            UnknownId = unknown.Count(),
            FallsBackToBytes = place.Flag("byte_fallback", otherwise: false),
            IsByteLevel = isByteLevel,
        };
        return (vocabulary, new UnigramModel(vocabulary, options));
    }
}
