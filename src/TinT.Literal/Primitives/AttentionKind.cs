namespace TinT.Literal.Primitives;

/// <summary>What attention does with its scores.</summary>
public enum AttentionKind
{
    /// <summary>Linear attention: the scores are the weights.</summary>
    Linear,

    /// <summary>Softmax over the keys.</summary>
    Softmax,

    /// <summary>Softmax over the keys, then key and query change places: what a key received, it sends back.</summary>
    TransposedSoftmax,
}
