using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Writing;

/// <summary>Writes specs: every key of the format with its value, so that nothing depends on defaults.</summary>
public static class SpecWriter
{
    /// <summary>The text of a spec; <c>SpecReader</c> reads the same values from it.</summary>
    /// <param name="spec">The spec.</param>
    public static string Write(ModelSpec spec)
    {
        if (spec is null)
            throw new ArgumentNullException(nameof(spec));
        SimulatorSpec simulator = spec.Simulator;
        TrainingSpec training = spec.Training;
        return $"""
            tint: {NumberText.Write(SpecFormat.Version)}
            model: {spec.Model}{(spec.Namespace is null ? string.Empty : $"\nnamespace: {spec.Namespace}")}{(spec.Access is { } access ? $"\naccess: {SpecText.Of(access)}" : string.Empty)}
            auxiliary:
            {string.Join("\n", AuxiliaryText.Lines(spec.Auxiliary.Model).Select(line => "  " + line))}
            simulator:
              sharding: {NumberText.Write(simulator.Sharding.Value)}
              hidden_size: {NumberText.Write(simulator.HiddenSize.Value)}
              num_attention_heads: {NumberText.Write(simulator.HeadCount.Value)}
              reuse_blocks: {(simulator.ReuseBlocks.Value ? "true" : "false")}
            training:
              method: {SpecText.Of(training.Method.Value)}
              steps: {NumberText.Write(training.Steps.Value)}
              layers: {NumberText.Write(training.Layers.Value)}
              learning_rate: {NumberText.Write(training.LearningRate.Value)}
              loss: {SpecText.Of(training.Loss.Value)}
              layer_norm: {SpecText.Of(training.LayerNorm.Value)}
              attention: {SpecText.Of(training.Attention.Value)}
              taylor_scale: {NumberText.Write(training.TaylorScale.Value)}
              compatibility: {SpecText.Of(training.Compatibility.Value)}
              update: {SpecText.Of(training.Update.Value)}

            """;
    }
}
