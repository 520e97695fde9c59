using System.Globalization;

namespace TinT.Literal.Simulator;

/// <summary>Names of what belongs to a layer.</summary>
internal static class PrefixNames
{
    /// <summary>The name with its layer in front, or as it is for the final norm.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">Name within the layer.</param>
    public static string InLayer(int layer, string name) =>
        layer == PrefixParameters.FinalLayer ? name : string.Create(CultureInfo.InvariantCulture, $"{layer}.{name}");

    /// <summary>The tensor of a prefix.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="parameter">Parameter or module that the prefix belongs to.</param>
    /// <param name="copy">Which of its square matrices.</param>
    public static string Of(int layer, string parameter, int copy) =>
        string.Create(CultureInfo.InvariantCulture, $"prefix.{InLayer(layer, parameter)}[{copy}]");
}
