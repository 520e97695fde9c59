using System.Globalization;
using TinT.Model.Parameters;

namespace TinT.Agreement.Comparison;

/// <summary>Parameter tensors as the equations name them.</summary>
public static class ParameterNames
{
    /// <summary>The symbol of a kind, such as W_v or β₁.</summary>
    /// <param name="kind">The tensor's role.</param>
    public static string Symbol(ParameterKind kind) => ParameterRoles.Of(kind).Symbol;

    /// <summary>Symbol and layer, such as "W_v of layer 3"; layers count from 0.</summary>
    /// <param name="kind">The tensor's role.</param>
    /// <param name="layer">Its layer; −1 outside the layers.</param>
    public static string Of(ParameterKind kind, int layer) =>
        layer < 0 ? Symbol(kind) : string.Create(CultureInfo.InvariantCulture, $"{Symbol(kind)} of layer {layer}");
}
