using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>Root mean square normalization: x / √(ε + mean x²).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RmsNorm : INorm
{
    /// <inheritdoc/>
    public static bool IsCentred => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Deviation<T>(T x, T mean)
        where T : struct, IElement<T> => x;
}
