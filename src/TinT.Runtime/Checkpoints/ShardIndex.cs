using System.Text.Json;

namespace TinT.Runtime.Checkpoints;

/// <summary>What <c>model.safetensors.index.json</c> or <c>pytorch_model.bin.index.json</c> says.</summary>
/// <param name="Shards">File name of the shard of each tensor; the shards exist in the index's directory.</param>
/// <param name="Metadata">Texts of <c>metadata</c>, empty if there are none.</param>
internal sealed record ShardIndex(IReadOnlyDictionary<string, string> Shards, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads and checks the index.</summary>
    /// <param name="path">Path of the index.</param>
    /// <exception cref="CheckpointFormatException">The index is malformed, names a file elsewhere, or shards are missing.</exception>
    public static ShardIndex Read(string path)
    {
        using JsonDocument document = HuggingFaceJson.Open(path);
        if (!document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
            throw new CheckpointFormatException($"{path}: there is no object 'weight_map'; download the file again.");

        Dictionary<string, string> shards = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
                throw new CheckpointFormatException(
                    $"{path}: weight_map gives no file name for tensor {CheckpointText.Quote(entry.Name)}; download the file again.");
            string shard = entry.Value.GetString()!;
            if (!IsPlainFileName(shard))
            {
                throw new CheckpointFormatException(
                    $"{path}: weight_map puts tensor {CheckpointText.Quote(entry.Name)} into {CheckpointText.Quote(shard)}, which is not a plain file name; shards must lie beside the index.");
            }

            shards[entry.Name] = shard;
        }

        CheckShardsExist(path, shards);
        return new ShardIndex(shards, ReadMetadata(document.RootElement));
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement index)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        if (!index.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object)
            return texts;
        foreach (JsonProperty entry in metadata.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
                texts[entry.Name] = entry.Value.GetString()!;
        }

        return texts;
    }

    private static void CheckShardsExist(string path, Dictionary<string, string> shards)
    {
        string directory = Path.GetDirectoryName(path)!;
        string[] missing =
        [
            .. shards.Values.Distinct(StringComparer.Ordinal)
                .Where(shard => !File.Exists(Path.Combine(directory, shard)))
                .Order(StringComparer.Ordinal),
        ];
        if (missing.Length > 0)
            throw new CheckpointFormatException($"{path}: shards are missing: {CheckpointText.QuoteAll(missing)}; download them into {directory}.");
    }

    private static bool IsPlainFileName(string name) =>
        name.Length > 0 && name is not ("." or "..") && !name.Any(character => character is '/' or '\\' or ':' || char.IsControl(character));
}
