using System.Globalization;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;
using TinT.Model;

namespace TinT.Cli.Rendering;

/// <summary>A spec in one line.</summary>
internal static class SpecSummary
{
    /// <summary>The model's name and its sizes.</summary>
    public static string Of(ModelSpec spec)
    {
        AuxiliarySpec auxiliary = spec.Auxiliary;
        SimulatorSpec simulator = spec.Simulator;
        TrainingSpec training = spec.Training;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{spec.Model} ({SpecText.Of(auxiliary.Architecture.Value)}, {Millions(auxiliary.ParameterCount)} M parameters): "
            + $"D {auxiliary.HiddenSize}, {Count(auxiliary.LayerCount, "layer")}, {Heads(auxiliary.Model)}, inner {auxiliary.IntermediateSize},{Traits(auxiliary.Model)} vocabulary {auxiliary.VocabularySize}, context {auxiliary.MaxPositionEmbeddings}; "
            + $"simulator S {simulator.Sharding}, P {simulator.PrefixTokens}, H {simulator.HiddenSize}, {Count(simulator.HeadCount, "head")}; "
            + $"{Count(training.Steps, "step")} on the top {Count(training.Layers, "layer")}, learning rate {training.LearningRate.Value:0.###e-0}{(training.IsExact ? ", exact gradients" : string.Empty)}");
    }

    /// <summary>Heads, and of keys and values where those are fewer, and their size where it does not follow.</summary>
    private static string Heads(AuxiliaryDescription model)
    {
        string groups = model.GroupSize == 1
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $" in {model.KeyValueHeadCount} {(model.KeyValueHeadCount == 1 ? "group" : "groups")}");
        string size = model.QuerySize == model.HiddenSize ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" of {model.HeadSize}");
        return Count(model.HeadCount, "head") + groups + size;
    }

    /// <summary>What is not as in GPT-2.</summary>
    private static string Traits(AuxiliaryDescription model)
    {
        string[] traits =
        [
            .. model.Norm == "layer_norm" ? Array.Empty<string>() : [model.Norm],
            .. model.NormPlacement switch { NormPlacement.Pre => Array.Empty<string>(), NormPlacement.Both => ["norms before and after"], _ => ["post-norm"] },
            .. model.Block == BlockShape.Sequential ? Array.Empty<string>() : ["parallel"],
            .. model.IsGated ? [$"gated {model.Activation}"] : Array.Empty<string>(),
            .. model.Positions == PositionKind.Learned ? Array.Empty<string>() : [model.Positions.ToString().ToLowerInvariant()],
            .. model.SlidingWindow == 0 ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"window {model.SlidingWindow}")],
            .. model.HasQueryKeyNorm ? ["q/k norms"] : Array.Empty<string>(),
            .. model.ScoreCap is { } scores ? [string.Create(CultureInfo.InvariantCulture, $"scores capped at {scores}")] : Array.Empty<string>(),
            .. model.LogitCap is { } logits ? [string.Create(CultureInfo.InvariantCulture, $"logits capped at {logits}")] : Array.Empty<string>(),
            .. model.TiesEmbeddings ? Array.Empty<string>() : ["untied head"],
        ];
        return string.Concat(traits.Select(trait => $" {trait},"));
    }

    private static string Millions(long count) => (count / 1e6).ToString(count < 10_000_000 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
