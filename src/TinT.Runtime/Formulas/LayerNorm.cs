using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>Layer normalization: (x − mean x) / √(ε + mean (x − mean x)²).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LayerNorm : INorm
{
    /// <inheritdoc/>
    public static bool IsCentred => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Deviation<T>(T x, T mean)
        where T : struct, IElement<T> => x - mean;
}
