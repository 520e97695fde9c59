using System.Text.Json;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary><c>BPE</c>: byte-pair encoding.</summary>
internal static class BytePair
{
    /// <summary>Its name.</summary>
    public const string Name = "BPE";

    /// <summary>Reads the row.</summary>
    public static (Vocabulary Vocabulary, IModel Model) Read(JsonPlace place, bool isByteLevel)
    {
        RefuseDropout(place.Find("dropout"));
        RefuseAffix(place.Find("continuing_subword_prefix"));
        RefuseAffix(place.Find("end_of_word_suffix"));
        Vocabulary vocabulary = new();
        JsonPlace vocab = place.Get("vocab");
        foreach (JsonProperty token in vocab.Properties())
        {
            int id = token.Value.ValueKind == JsonValueKind.Number && token.Value.TryGetInt32(out int number) && number >= 0
                ? number
                : vocab.Property(token).Count();
            if (vocabulary.TryAdd(token.Name, id) is { } problem)
                throw vocab.Property(token).Error(problem);
        }

        BytePairOptions options = new()
        {
            IsByteLevel = isByteLevel,
            IgnoresMerges = place.Flag("ignore_merges", otherwise: false),
            FallsBackToBytes = place.Flag("byte_fallback", otherwise: false),
            FusesUnknown = place.Flag("fuse_unk", otherwise: false),
            UnknownId = place.Find("unk_token") is { } unknown
                ? vocabulary.Find(unknown.Text()) ?? throw unknown.Error($"the vocabulary has no {unknown.Describe()}; name one of its tokens.")
                : null,
        };
        return (vocabulary, new BytePairModel(vocabulary, ReadMerges(place.Get("merges"), vocabulary), options));
    }

    private static MergeTable ReadMerges(JsonPlace place, Vocabulary vocabulary)
    {
        MergeTable merges = new();
        int index = 0, rank = 0;
        foreach (JsonElement item in place.Elements())
        {
            if (Parts(item) is (string first, string second) && !IsVersion(item))
                merges.Set(IdOf(first), IdOf(second), new Merge(rank++, IdOf(first + second)));
            else if (!IsVersion(item))
                throw place.Item(index, item).Error("must be two tokens: a text with a space between them, or an array.");
            index++;

            int IdOf(string token) =>
                vocabulary.Find(token) ?? throw place.Item(index, item).Error($"the vocabulary has no \"{token}\"; download the file again.");
        }

        return merges;
    }

    /// <summary>The two tokens of a merge, <c>"a b"</c> or <c>["a", "b"]</c>; <see langword="null"/> if this is none.</summary>
    private static (string First, string Second)? Parts(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
            return item.GetString()!.Split(' ') is [string left, string right] ? (left, right) : null;
        bool isPair = item.ValueKind == JsonValueKind.Array
            && item.GetArrayLength() == 2 && item[0].ValueKind == JsonValueKind.String && item[1].ValueKind == JsonValueKind.String;
        return isPair ? (item[0].GetString()!, item[1].GetString()!) : null;
    }

    /// <summary>Old files start with the first line of <c>merges.txt</c>.</summary>
    private static bool IsVersion(JsonElement item) =>
        item.ValueKind == JsonValueKind.String && item.GetString()!.StartsWith("#version", StringComparison.Ordinal);

    private static void RefuseDropout(JsonPlace? place)
    {
        if (place is { } dropout && dropout.Number() != 0)
            throw dropout.Error("merges that are left out at random are for training a model; set it to null.");
    }

    private static void RefuseAffix(JsonPlace? place)
    {
        if (place is { } affix && affix.Text().Length > 0)
            throw affix.Error(
                $"is {affix.Describe()}, and such additions to tokens inside words or at their end are not supported. Use a model whose tokenizer needs none.");
    }
}
