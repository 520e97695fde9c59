using System.Numerics;
using TinT.Model.Parameters;

namespace TinT.Reference.Weights;

/// <summary>One parameter tensor of the auxiliary model.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Kind">Its role.</param>
/// <param name="Layer">Its layer, counted from 0; −1 outside the layers.</param>
/// <param name="Values">Its elements, row-major.</param>
public readonly record struct ParameterTensor<T>(ParameterKind Kind, int Layer, T[] Values)
    where T : IFloatingPointIeee754<T>;
