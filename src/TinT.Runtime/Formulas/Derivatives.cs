using System.ComponentModel;

namespace TinT.Runtime.Formulas;

/// <summary>Exact derivatives: differences over a step of 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Derivatives
{
    /// <summary>act′(z), the derivative from the left where there are two.</summary>
    /// <typeparam name="TActivation">act.</typeparam>
    /// <typeparam name="T">The number.</typeparam>
    /// <param name="z">Where.</param>
    public static T Of<TActivation, T>(T z)
        where TActivation : struct, IActivation
        where T : struct, IReal<T> =>
        -TActivation.Evaluate(new Moved<T>(z, T.Constant(-1), step: T.Constant(0), scale: T.Constant(1e30))).Change;
}
