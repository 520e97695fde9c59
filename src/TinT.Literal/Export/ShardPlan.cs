namespace TinT.Literal.Export;

/// <summary>Which tensors lie in which shard: in their order, each shard as full as its limit allows.</summary>
internal static class ShardPlan
{
    /// <summary>Divides tensors among shards.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="shardBytes">Most bytes in a shard; a larger tensor has a shard of its own.</param>
    public static IReadOnlyList<IReadOnlyList<ExportedTensor>> Of(IEnumerable<ExportedTensor> tensors, long shardBytes)
    {
        List<List<ExportedTensor>> shards = [];
        long bytes = 0;
        foreach (ExportedTensor tensor in tensors)
        {
            if (shards.Count == 0 || bytes + tensor.ByteCount > shardBytes)
            {
                shards.Add([]);
                bytes = 0;
            }

            shards[^1].Add(tensor);
            bytes += tensor.ByteCount;
        }

        return shards;
    }
}
