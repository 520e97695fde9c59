using System.Diagnostics.CodeAnalysis;

namespace TinT.Runtime.Checkpoints;

/// <summary>The tensors of a model directory by the names they go by.</summary>
/// <remarks>
/// A name is found as it stands, then without regard to the prefix that models with a head put before the names of the bare model, then as
/// another name of the same tensor: the safetensors library stores one of several tensors that share memory and notes the others' names in
/// the metadata, of the file or, for shards, of the index.
/// </remarks>
internal sealed class CheckpointNames
{
    private static readonly string[] prefixes = ["transformer.", "model.", "gpt_neox."];

    private readonly Dictionary<string, CheckpointTensor> tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CheckpointTensor> bareTensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal);

    /// <summary>Names of the stored tensors.</summary>
    public IReadOnlyCollection<string> Stored => tensors.Keys;

    /// <summary>Adds a tensor.</summary>
    public void Add(CheckpointTensor tensor)
    {
        tensors.Add(tensor.Name, tensor);
        bareTensors.TryAdd(Bare(tensor.Name), tensor);
    }

    /// <summary>Adds other names of tensors, by stored name; what else metadata holds does no harm.</summary>
    public void AddAliases(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach ((string name, string stored) in metadata)
            aliases.TryAdd(Bare(name), stored);
    }

    /// <summary>Finds a tensor.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out CheckpointTensor? tensor) =>
        TryFindStored(name, out tensor)
        || (aliases.TryGetValue(Bare(name), out string? stored) && TryFindStored(stored, out tensor));

    private bool TryFindStored(string name, [NotNullWhen(true)] out CheckpointTensor? tensor) =>
        tensors.TryGetValue(name, out tensor) || bareTensors.TryGetValue(Bare(name), out tensor);

    private static string Bare(string name)
    {
        foreach (string prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return name[prefix.Length..];
        }

        return name;
    }
}
