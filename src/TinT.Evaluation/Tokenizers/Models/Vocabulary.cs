namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>The tokens of a model as its files spell them.</summary>
internal sealed class Vocabulary
{
    /// <summary>No published vocabulary has a sixteenth of so many ids.</summary>
    public const int MostIds = 1 << 24;

    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly List<string?> tokens = [];

    /// <summary>Number of tokens.</summary>
    public int Count => ids.Count;

    /// <summary>One more than the highest id; ids below may have no token.</summary>
    public int Size => tokens.Count;

    /// <summary>The tokens with their ids.</summary>
    public IEnumerable<KeyValuePair<string, int>> Tokens => ids;

    /// <summary>Adds a token.</summary>
    /// <param name="token">Its spelling.</param>
    /// <param name="id">Its id, from 0 to below <see cref="MostIds"/>.</param>
    /// <returns>What is wrong; <see langword="null"/> if it was added.</returns>
    public string? TryAdd(string token, int id)
    {
        if (id >= MostIds)
            return $"token \"{token}\" has id {id}, which no vocabulary reaches.";
        if (!ids.TryAdd(token, id))
            return $"token \"{token}\" is there twice, with ids {ids[token]} and {id}.";
        if (Find(id) is { } other)
            return $"id {id} is given to both \"{other}\" and \"{token}\".";
        while (tokens.Count <= id)
            tokens.Add(null);
        tokens[id] = token;
        return null;
    }

    /// <summary>The token of an id; <see langword="null"/> if it has none.</summary>
    public string? Find(int id) => (uint)id < (uint)tokens.Count ? tokens[id] : null;

    /// <summary>The id of a token; <see langword="null"/> if there is none.</summary>
    public int? Find(string token) => ids.TryGetValue(token, out int id) ? id : null;
}
