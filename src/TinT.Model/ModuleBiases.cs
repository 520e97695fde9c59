namespace TinT.Model;

/// <summary>The modules of a model that have biases.</summary>
[Flags]
public enum ModuleBiases
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>All norms.</summary>
    Norms = 1,

    /// <summary>The maps to queries, keys and values.</summary>
    QueryKeyValue = 2,

    /// <summary>The map behind attention.</summary>
    AttentionOutput = 4,

    /// <summary>The maps of the feed-forward module.</summary>
    FeedForward = 8,

    /// <summary>The output head.</summary>
    Head = 16,

    /// <summary>All but the output head.</summary>
    Layers = Norms | QueryKeyValue | AttentionOutput | FeedForward,
}
