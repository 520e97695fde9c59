using System.ComponentModel;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>Which earlier tokens a token may attend to, beyond causality. The default value forbids nothing.</summary>
/// <remarks>A token all of whose keys are forbidden attends to nothing: its output is 0, and so are the gradients through it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionMask
{
    /// <summary>Creates a mask.</summary>
    /// <param name="allowed">[T, T]; 0 in row i, column j forbids token i to attend to token j ≤ i. Columns j > i are not read.</param>
    public AttentionMask(MatrixView allowed)
        : this() => Allowed = allowed;

    /// <summary>Positions of the tokens, [T]; empty if token t is at position t. Only distances of positions are read, where scores depend on them.</summary>
    public ReadOnlyMemory<int> Positions { get; init; }

    /// <summary>Forbids nothing.</summary>
    public static AttentionMask None => default;

    /// <summary>Whether nothing is forbidden.</summary>
    public bool IsNone => Allowed.Rows == 0;

    internal MatrixView Allowed { get; }
}
