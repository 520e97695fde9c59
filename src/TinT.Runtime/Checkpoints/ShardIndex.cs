using System.Text.Json;

namespace TinT.Runtime.Checkpoints;

/// <summary>Reads <c>model.safetensors.index.json</c>, which says in which shard each tensor lies.</summary>
internal static class ShardIndex
{
    /// <summary>Reads and checks the index.</summary>
    /// <param name="path">Path of the index.</param>
    /// <returns>File name of the shard of each tensor; the shards exist in the index's directory.</returns>
    /// <exception cref="CheckpointFormatException">The index is malformed, names a file elsewhere, or shards are missing.</exception>
    public static Dictionary<string, string> Read(string path)
    {
        using JsonDocument document = HuggingFaceJson.Open(path);
        if (!document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
            throw new CheckpointFormatException($"{path}: there is no object 'weight_map'; download the file again.");

        Dictionary<string, string> shards = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
                throw new CheckpointFormatException($"{path}: weight_map gives no file name for tensor {CheckpointText.Quote(entry.Name)}; download the file again.");
            string shard = HuggingFaceJson.GetText(path, entry.Value);
            if (!IsPlainFileName(shard))
            {
                throw new CheckpointFormatException(
                    $"{path}: weight_map puts tensor {CheckpointText.Quote(entry.Name)} into {CheckpointText.Quote(shard)}, which is not a plain file name; shards must lie beside the index.");
            }

            shards.Add(entry.Name, shard);
        }

        CheckShardsExist(path, shards);
        return shards;
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
