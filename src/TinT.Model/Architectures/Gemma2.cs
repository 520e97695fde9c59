using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>Gemma-2: Gemma with norms behind the branches too, bounded scores and logits, and a window in every other layer.</summary>
internal static class Gemma2
{
    private const string Layer = "model.layers.{0}.";
    private const string LayersField = "layer_types";
    private const string Sliding = "sliding_attention";
    private const string Full = "full_attention";

    public static Architecture Architecture { get; } = Gemma.Architecture with
    {
        Name = "gemma2",
        ClassName = "Gemma2",
        NormPlacement = NormPlacement.Both,
        Options = [KeyValueHeadCount, HeadSize, RopeTheta, Scaling, AttentionBias, SlidingWindow, LayerTypes, QueryScalar, ScoreCap, LogitCap],
        Fields =
        [
            .. Gemma.Architecture.Fields,
            new(SlidingWindow, "sliding_window") { Absent = 4096, NullIsNone = true },
            new(LayerTypes, LayersField) { IsWritten = false },
            new(QueryScalar, "query_pre_attn_scalar") { Absent = 256.0 },
            new(ScoreCap, "attn_logit_softcapping") { Absent = 50.0, NullIsNone = true },
            new(LogitCap, "final_logit_softcapping") { Absent = 30.0, NullIsNone = true },
        ],
        Adjust = (_, options) => options with { SlidingLayers = options.SlidingLayers ?? Alternating(options.LayerCount ?? 0) },
        Adjusted = model => [(LayersField, Enumerable.Range(0, model.LayerCount).Select(layer => model.WindowOf(layer) > 0 ? Sliding : Full).ToArray())],
        Tensors =
        [
            .. Gemma.Architecture.Tensors.Where(tensor => !tensor.Parts.Contains(ParameterKind.FeedForwardNormGain)),
            new(Layer + "post_attention_layernorm.weight", ParameterKind.AttentionOutputNormGain) { Offset = 1 },
            new(Layer + "pre_feedforward_layernorm.weight", ParameterKind.FeedForwardNormGain) { Offset = 1 },
            new(Layer + "post_feedforward_layernorm.weight", ParameterKind.FeedForwardOutputNormGain) { Offset = 1 },
        ],
    };

    /// <summary>The layers with a window of models that do not list them: the first, and from it on every other.</summary>
    private static EquatableArray<bool> Alternating(int layers) => Enumerable.Range(0, layers).Select(layer => layer % 2 == 0).ToEquatableArray();
}
