using TinT.Model;
using TinT.Model.Architectures;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>Values of options as specs write them.</summary>
internal static class OptionText
{
    /// <summary>Words of <c>layer_types</c> for layers with and without a window.</summary>
    public const string SlidingLayer = "sliding_attention";

    /// <inheritdoc cref="SlidingLayer"/>
    public const string FullLayer = "full_attention";

    /// <summary>A value.</summary>
    /// <param name="option">What it is of.</param>
    /// <param name="value">The value; <see langword="null"/> for none.</param>
    public static string Of(AuxiliaryOption option, object? value) => value switch
    {
        null => "none",
        bool flag when option.FlagWords is { } words => flag ? words.WhenTrue : words.WhenFalse,
        bool flag => flag ? "true" : "false",
        string word => CheckpointText.Quote(word),
        EquatableArray<bool> layers => $"[{string.Join(", ", layers.Select(slides => slides ? SlidingLayer : FullLayer))}]",
        RopeScaling { Kind: RopeScaling.Linear } scaling => Invariant($"{{rope_type: {scaling.Kind}, factor: {scaling.Factor}}}"),
        RopeScaling scaling => Invariant(
            $"{{rope_type: {scaling.Kind}, factor: {scaling.Factor}, low_freq_factor: {scaling.LowFrequencyFactor}, high_freq_factor: {scaling.HighFrequencyFactor}, original_max_position_embeddings: {scaling.OriginalMaxPositionEmbeddings}}}"),
        _ => Invariant($"{value}"),
    };

    /// <summary>Whether two values are the same; numbers are compared as singles, as files round them.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another.</param>
    public static bool AreSame(object? left, object? right) =>
        left is double first && right is double second ? (float)first == (float)second : Equals(left, right);
}
