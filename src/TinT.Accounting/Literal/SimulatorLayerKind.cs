namespace TinT.Accounting.Literal;

/// <summary>Kinds of layers that a transformer is made of.</summary>
public enum SimulatorLayerKind
{
    /// <summary>
    /// One attention, linear or softmax, with its maps to queries, keys and values and its output projection. What normalizes its input and the gates
    /// behind it belong to it.
    /// </summary>
    Attention,

    /// <summary>
    /// Up to two maps of each position by itself, with an element-wise function, a norm or nothing between them. The gates behind it belong to it.
    /// </summary>
    Mlp,
}
