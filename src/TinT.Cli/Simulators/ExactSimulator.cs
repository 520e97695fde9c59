using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;
using TinT.Model;
using TinT.Reference.Exact;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Simulators;

/// <summary>Exact SGD beside a simulator: the same model, compiled with <c>method: exact</c>.</summary>
internal static class ExactSimulator
{
    /// <summary>Whether a subset is compiled; embeddings and heads are trained by the reference alone.</summary>
    /// <param name="subset">What is trained.</param>
    public static bool IsCompiled(ParameterSubset subset) => subset != ParameterSubset.All;

    /// <summary>Loads it with weights in single precision.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="spec">The simulator's spec.</param>
    /// <param name="subset">What is trained.</param>
    /// <param name="checkpoint">Model directory.</param>
    /// <param name="device">Where compiled simulators run.</param>
    /// <param name="threads">Threads.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint does not fit the spec.</exception>
    public static ISimulator Load(CommandContext context, SpecFile spec, ParameterSubset subset, string checkpoint, ChosenDevice device, int threads)
    {
        if (!IsCompiled(subset))
            return OfReference(context, spec, subset, checkpoint, threads);
        SimulatorFactory factory = device.Compile(CompiledSpec(spec, subset), context.CancellationToken);
        return context.Load(factory, checkpoint, new() { Threads = threads, Weights = WeightStorage.SinglePrecision });
    }

    /// <summary>Exact SGD by the reference, which can also learn several texts together.</summary>
    /// <inheritdoc cref="Load"/>
    public static ExactFineTuning<float> OfReference(CommandContext context, SpecFile spec, ParameterSubset subset, string checkpoint, int threads)
    {
        SimulatorDescription description = SimulatorDescriptions.Of(spec.Model.Spec);
        return new ExactFineTuning<float>(context.Read<float>(checkpoint, description.Auxiliary), description, subset, threads);
    }

    /// <summary>The spec that is compiled.</summary>
    /// <param name="spec">The simulator's spec.</param>
    /// <param name="subset">What is trained.</param>
    internal static SpecFile CompiledSpec(SpecFile spec, ParameterSubset subset) => SpecFile.FromText(spec.Path, SpecWriter.Write(SpecOf(spec.Model.Spec, subset)));

    /// <summary>The spec of exact SGD: the loss is the softmax loss, and gains are vectors, whatever the simulator's spec says.</summary>
    /// <param name="spec">The simulator's spec.</param>
    /// <param name="subset">What is trained.</param>
    internal static ModelSpec SpecOf(ModelSpec spec, ParameterSubset subset)
    {
        TrainingSpec training = spec.Training;
        bool blocks = subset == ParameterSubset.TopBlocks;
        bool scores = blocks || training.MovesScores;
        bool gains = blocks || training.LayerNorm.Value is LayerNormUpdate.Gain or LayerNormUpdate.Full;
        return spec with
        {
            Training = training with
            {
                Method = new(TrainingMethod.Exact, training.Method.Span),
                Loss = new(LossFunction.Softmax, training.Loss.Span),
                LayerNorm = gains ? new(LayerNormUpdate.Gain, training.LayerNorm.Span) : training.LayerNorm,
                Attention = new(scores ? AttentionGradient.Exact : AttentionGradient.Values, training.Attention.Span),
                Compatibility = new(Compiler.Specs.Compatibility.None, training.Compatibility.Span),
            },
        };
    }
}
