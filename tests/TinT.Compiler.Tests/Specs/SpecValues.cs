using System.Globalization;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Tests.Specs;

/// <summary>The values of a spec without their places.</summary>
internal static class SpecValues
{
    /// <summary>The values in the order of the format.</summary>
    public static string Of(ModelSpec spec)
    {
        AuxiliarySpec auxiliary = spec.Auxiliary;
        SimulatorSpec simulator = spec.Simulator;
        TrainingSpec training = spec.Training;
        return string.Create(CultureInfo.InvariantCulture, $"""
            {spec.Model.Value}
            {auxiliary.Architecture.Value} {auxiliary.VocabularySize.Value} {auxiliary.MaxPositionEmbeddings.Value}
            {auxiliary.HiddenSize.Value} {auxiliary.LayerCount.Value} {auxiliary.HeadCount.Value} {auxiliary.IntermediateSize.Value}
            {auxiliary.Activation.Value} {auxiliary.NormEpsilon.Value}
            {simulator.Sharding.Value} {simulator.PrefixTokens} {simulator.HiddenSize.Value} {simulator.HeadCount.Value} {simulator.ReuseBlocks.Value}
            {training.Steps.Value} {training.Layers.Value} {training.LearningRate.Value} {training.Loss.Value} {training.LayerNorm.Value}
            {training.Attention.Value} {training.TaylorScale.Value} {training.Compatibility.Value} {training.Update.Value}
            """);
    }
}
