using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>ReLU: max(z, 0).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Relu : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T z)
        where T : struct, IElement<T> => T.Positive(z);
}
