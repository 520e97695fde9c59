using System.Globalization;
using TinT.Reference.Weights;

namespace TinT.Agreement.Comparison;

/// <summary>Parameter tensors as the equations name them.</summary>
public static class ParameterNames
{
    /// <summary>The symbol of a kind, such as W_v or β₁.</summary>
    /// <param name="kind">The tensor's role.</param>
    public static string Symbol(ParameterKind kind) => kind switch
    {
        ParameterKind.TokenEmbedding => "E",
        ParameterKind.PositionEmbedding => "P",
        ParameterKind.AttentionNormGain => "G₁",
        ParameterKind.AttentionNormBias => "β₁",
        ParameterKind.QueryWeight => "W_q",
        ParameterKind.QueryBias => "b_q",
        ParameterKind.KeyWeight => "W_k",
        ParameterKind.KeyBias => "b_k",
        ParameterKind.ValueWeight => "W_v",
        ParameterKind.ValueBias => "b_v",
        ParameterKind.OutputWeight => "W_o",
        ParameterKind.OutputBias => "b_o",
        ParameterKind.FeedForwardNormGain => "G₂",
        ParameterKind.FeedForwardNormBias => "β₂",
        ParameterKind.ExpandWeight => "W₁",
        ParameterKind.ExpandBias => "c₁",
        ParameterKind.ContractWeight => "W₂",
        ParameterKind.ContractBias => "c₂",
        ParameterKind.FinalNormGain => "G_f",
        ParameterKind.FinalNormBias => "β_f",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of parameter."),
    };

    /// <summary>Symbol and layer, such as "W_v of layer 3"; layers count from 0.</summary>
    /// <param name="kind">The tensor's role.</param>
    /// <param name="layer">Its layer; −1 outside the layers.</param>
    public static string Of(ParameterKind kind, int layer) =>
        layer < 0 ? Symbol(kind) : string.Create(CultureInfo.InvariantCulture, $"{Symbol(kind)} of layer {layer}");
}
