namespace TinT.Literal.Primitives;

/// <summary>What an embedding is in attention; the values are the places in position codes and expansions.</summary>
public enum AttentionRole
{
    /// <summary>The query.</summary>
    Query,

    /// <summary>The key.</summary>
    Key,

    /// <summary>The value.</summary>
    Value,
}
