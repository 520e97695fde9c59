namespace TinT.Compiler.Layout;

/// <summary>How long a buffer keeps its values.</summary>
public enum BufferKind
{
    /// <summary>Within a pass: floats that other buffers use as well.</summary>
    Transient,

    /// <summary>From a layer's forward to its backward pass: a slot for each trained layer.</summary>
    Memory,

    /// <summary>An input of a trained matrix that passes after later steps attend to: a slot for each trained layer and step, and one for passes that keep nothing.</summary>
    KeptInput,

    /// <summary>A gradient at the output of a trained matrix that later passes attend to: a slot for each trained layer and step.</summary>
    KeptGradient,
}
