using System.Numerics;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Weights;

/// <summary>The change of one weight tensor over all inner steps.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">Name of the tensor in the checkpoint.</param>
/// <param name="Shape">Shape in the checkpoint.</param>
/// <param name="Delta">New minus old value, row-major, in the checkpoint's orientation.</param>
public sealed record ReferenceWeightUpdate<T>(string Name, IReadOnlyList<int> Shape, T[] Delta)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>The update in single precision.</summary>
    public WeightUpdate ToWeightUpdate() => new(Name, Shape, [.. Delta.Select(float.CreateTruncating)]);
}
