using System.Text.Json;
using System.Text.Json.Nodes;
using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>A <c>tokenizer.json</c> that is made for a test: whatever is not said is missing.</summary>
/// <remarks>
/// Its vocabulary shows where texts are cut: it has a token for each byte, or character, behind and before each of a few others, so that two that
/// touch inside a part become one.
/// </remarks>
internal sealed record BuiltTokenizer
{
    private const string Neighbours = "a1! \n'Z▁";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 .,!?'\"\n\té你▁😀<>/x";

    public string? Normalizer { get; init; }

    public string? PreTokenizer { get; init; }

    public string? PostProcessor { get; init; }

    public string? Decoder { get; init; }

    public IReadOnlyList<BuiltToken> AddedTokens { get; init; } = [];

    public required string Model { get; init; }

    /// <summary>A byte-level BPE.</summary>
    public static string Bytes(string fields = "\"unk_token\":null") => BytePair(
        [.. Enumerable.Range(0, 256).Select(Spell)], [.. Neighbours.Where(char.IsAscii).Select(character => Spell(character))], fields);

    /// <summary>A BPE of characters: an unknown token, the bytes as <c>&lt;0x00&gt;</c>, and some of the characters that there are.</summary>
    public static string Characters(string fields, bool hasBytes = true) => BytePair(
        ["<unk>", .. hasBytes ? Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>") : [], .. Alphabet.EnumerateRunes().Select(rune => rune.ToString())],
        [.. Neighbours.Select(character => character.ToString()).Where(neighbour => Alphabet.Contains(neighbour, StringComparison.Ordinal))], fields);

    /// <summary>A unigram model of the same tokens.</summary>
    public static string Unigram(bool fallsBackToBytes)
    {
        JsonObject model = JsonNode.Parse(Characters("\"unk_token\":\"<unk>\""))!.AsObject();
        JsonArray vocabulary =
            [.. model["vocab"]!.AsObject().Select((token, index) => (JsonNode)new JsonArray(token.Key, index == 0 ? 0.0 : -1.0 - (index * 37 % 101 / 10.0)))];
        return new JsonObject { ["type"] = "Unigram", ["unk_id"] = 0, ["byte_fallback"] = fallsBackToBytes, ["vocab"] = vocabulary }.ToJsonString();
    }

    /// <summary>Writes the file.</summary>
    public void WriteTo(TemporaryFolder folder) => folder.Write("tokenizer.json", $$"""
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":{{JsonSerializer.Serialize(NumberedTokens())}},"normalizer":{{Normalizer ?? "null"}},
        "pre_tokenizer":{{PreTokenizer ?? "null"}},"post_processor":{{PostProcessor ?? "null"}},"decoder":{{Decoder ?? "null"}},"model":{{Model}}}
        """);

    /// <summary>Tokens of the vocabulary have their ids there, others follow it.</summary>
    private IEnumerable<object> NumberedTokens()
    {
        if (AddedTokens.Count == 0)
            yield break;
        JsonObject vocabulary = JsonNode.Parse(Model)!["vocab"]!.AsObject();
        int next = vocabulary.Count;
        foreach (BuiltToken token in AddedTokens)
            yield return token.ToJson(vocabulary[token.Content]?.GetValue<int>() ?? next++);
    }

    private static string BytePair(string[] symbols, string[] neighbours, string fields)
    {
        (string Left, string Right)[] merges =
            [.. neighbours.SelectMany(neighbour => symbols.Where(symbol => !symbol.StartsWith('<') || symbol.Length == 1).SelectMany(
            symbol => ((string, string)[])[(neighbour, symbol), (symbol, neighbour)])).Distinct(), ("th", "e"), ("a", "th")];
        string[] tokens = [.. symbols.Append("th").Concat(merges.Select(merge => merge.Left + merge.Right)).Distinct()];
        (string, string)[] all = [("t", "h"), .. merges];
        string vocabulary = JsonSerializer.Serialize(tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id));
        string list = JsonSerializer.Serialize(all.Select(merge => new[] { merge.Item1, merge.Item2 }));
        return $$"""{"type":"BPE","dropout":null,{{fields}},"vocab":{{vocabulary}},"merges":{{list}}}""";
    }

    private static string Spell(int value) => ByteAlphabet.ToCharacter((byte)value).ToString();
}
