using System.Numerics;
using TinT.Reference.Backward;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Plain;

/// <summary>Working memory of TinT's backward pass.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="description">Shape of the model.</param>
/// <param name="rows">Tokens T.</param>
internal sealed class PlainBuffers<T>(AuxiliaryDescription description, int rows)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Tokens T.</summary>
    public int Rows { get; } = rows;

    /// <summary>Gradients of activations.</summary>
    public BackwardBuffers<T> Shared { get; } = new(description, rows);

    /// <summary>m_t g_t of the module at hand, up to T × K·D.</summary>
    public T[] Masked { get; } = new T[rows * Math.Max(description.HiddenSize, description.IntermediateSize)];
}
