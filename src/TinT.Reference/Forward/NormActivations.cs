using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Forward;

/// <summary>What a layer norm computed.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="rows">Tokens T.</param>
/// <param name="columns">Hidden size D.</param>
internal sealed class NormActivations<T>(int rows, int columns)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>x̂ = LN₀(x), [T, D].</summary>
    public Matrix<T> Normalised { get; } = new(rows, columns);

    /// <summary>1 / sqrt(ε + variance) of each row, [T].</summary>
    public T[] InverseDeviations { get; } = new T[rows];

    /// <summary>y = x̂ Gᵀ + β, [T, D].</summary>
    public Matrix<T> Output { get; } = new(rows, columns);
}
