using System.ComponentModel;

namespace TinT.Runtime.Formulas;

/// <summary>An activation function as a formula. act(0) = 0, as empty coordinates of the construction need.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivation
{
    /// <summary>act(z).</summary>
    /// <typeparam name="T">What it is evaluated over.</typeparam>
    static abstract T Evaluate<T>(T z)
        where T : struct, IElement<T>;
}
