using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>Mistral: LLaMA without any biases and with a sliding window.</summary>
internal static class Mistral
{
    public static Architecture Architecture { get; } = Llama.Architecture with
    {
        Name = "mistral",
        ClassName = "Mistral",
        Options = [KeyValueHeadCount, HeadSize, RopeTheta, Scaling, SlidingWindow],
        Fields = [.. Llama.CommonFields, new(SlidingWindow, "sliding_window")],
    };
}
