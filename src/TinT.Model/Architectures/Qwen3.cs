using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>Qwen3: LLaMA with normalized queries and keys and heads of a size of their own; windows as in Qwen2.</summary>
internal static class Qwen3
{
    /// <summary>Coordinates of a head, of configurations that do not say how many.</summary>
    private const int HeadDimension = 128;

    public static Architecture Architecture { get; } = Llama.Architecture with
    {
        Name = "qwen3",
        ClassName = "Qwen3",
        HasQueryKeyNorm = true,
        Options = [KeyValueHeadCount, HeadSize, RopeTheta, Scaling, AttentionBias, SlidingWindow, LayerTypes],
        Fields =
        [
            .. Llama.CommonFields.Select(field => field.Option == HeadSize ? field with { Absent = HeadDimension } : field),
            new(AttentionBias, "attention_bias"),
            new(SlidingWindow, "sliding_window"),
            new(LayerTypes, "layer_types"),
        ],
        Adjust = Qwen2.Windows,
        Adjusted = Qwen2.Architecture.Adjusted,
    };
}
