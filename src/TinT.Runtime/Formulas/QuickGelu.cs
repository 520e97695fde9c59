using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>GELU by a logistic function: z σ(1.702 z).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct QuickGelu : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T z)
        where T : struct, IElement<T> => z * T.Logistic(z * 1.702);
}
