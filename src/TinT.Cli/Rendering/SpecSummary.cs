using System.Globalization;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;

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
            + $"D {auxiliary.HiddenSize}, {Count(auxiliary.LayerCount, "layer")}, {Count(auxiliary.HeadCount, "head")}, inner {auxiliary.IntermediateSize}, vocabulary {auxiliary.VocabularySize}, context {auxiliary.MaxPositionEmbeddings}; "
            + $"simulator S {simulator.Sharding}, P {simulator.PrefixTokens}, H {simulator.HiddenSize}, {Count(simulator.HeadCount, "head")}; "
            + $"{Count(training.Steps, "step")} on the top {Count(training.Layers, "layer")}, learning rate {training.LearningRate.Value:0.###e-0}");
    }

    private static string Millions(long count) => (count / 1e6).ToString(count < 10_000_000 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
