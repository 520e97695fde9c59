namespace TinT.Compiler.Specs.Writing;

/// <summary>Specs as the descriptions that simulators carry, in generated code and elsewhere.</summary>
public static class SimulatorDescriptions
{
    /// <summary>The description of a spec.</summary>
    /// <param name="spec">A checked spec.</param>
    public static SimulatorDescription Of(ModelSpec spec)
    {
        TrainingSpec training = spec.Training;
        return new SimulatorDescription(
            spec.Model.Value,
            spec.Auxiliary.Model,
            new TrainingDescription(
                training.Steps,
                training.Layers,
                training.LearningRate,
                SpecText.Of(training.Loss.Value),
                SpecText.Of(training.LayerNorm.Value),
                SpecText.Of(training.Attention.Value),
                training.TaylorScale,
                SpecText.Of(training.Compatibility.Value)) { Method = SpecText.Of(training.Method.Value) },
            spec.Simulator.Sharding,
            spec.Simulator.PrefixTokens,
            spec.Simulator.HiddenSize,
            spec.Simulator.HeadCount);
    }
}
