using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>SiLU: z σ(z).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T z)
        where T : struct, IElement<T> => z * T.Logistic(z);
}
