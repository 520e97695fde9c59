using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>Qwen2: LLaMA with biases of q, k and v, and sliding windows in upper layers where they are switched on.</summary>
internal static class Qwen2
{
    /// <summary>Lower layers without a window, of models that do not say how many.</summary>
    private const int WindowlessLayers = 28;

    public static Architecture Architecture { get; } = Llama.Architecture with
    {
        Name = "qwen2",
        ClassName = "Qwen2",
        Biases = ModuleBiases.QueryKeyValue,
        Options = [KeyValueHeadCount, HeadSize, RopeTheta, Scaling, SlidingWindow, LayerTypes],
        Fields = [.. Llama.CommonFields, new(SlidingWindow, "sliding_window"), new(LayerTypes, "layer_types")],
        Adjust = Windows,
        Adjusted = model => [("use_sliding_window", model.SlidingWindow > 0), ("max_window_layers", 0)],
    };

    /// <summary>The window counts only if it is switched on; without a list of layers those from <c>max_window_layers</c> on have it.</summary>
    public static AuxiliaryOptions Windows(IConfiguration configuration, AuxiliaryOptions options)
    {
        if (configuration.Flag("use_sliding_window") != true && (options.SlidingLayers is null || configuration.Flag("use_sliding_window") == false))
            return options with { SlidingWindow = null, SlidingLayers = null };
        int first = configuration.Size("max_window_layers") ?? WindowlessLayers;
        return options with
        {
            SlidingLayers = options.SlidingLayers ?? Enumerable.Range(0, options.LayerCount ?? 0).Select(layer => layer >= first).ToEquatableArray(),
        };
    }
}
