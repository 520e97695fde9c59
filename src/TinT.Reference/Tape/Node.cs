using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>What an operation computed, and the gradient of the loss with respect to it.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">One row for each token.</param>
internal sealed class Node<T>(Matrix<T> value)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>[T, columns].</summary>
    public Matrix<T> Value { get; } = value;

    /// <summary>The sum of what operations have passed down so far, [rows, columns]; <see langword="null"/> before the first.</summary>
    public Matrix<T>? Gradient { get; set; }
}
