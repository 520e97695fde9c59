using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>GELU in its exact form: z Φ(z), Φ the distribution function of the normal distribution.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Gelu : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T z)
        where T : struct, IElement<T> => z * T.Normal(z);
}
