using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Exact;

/// <summary>Exact SGD in single precision as a simulator: the 'dynamic evaluation' that TinT approximates.</summary>
public sealed class ExactSimulator : ISimulator
{
    private readonly ExactFineTuning<float> fineTuning;

    /// <summary>Creates a simulator.</summary>
    /// <param name="model">Weights; not changed.</param>
    /// <param name="description">What is simulated.</param>
    /// <param name="subset">Which parameters are trained.</param>
    /// <param name="threadCount">Most threads at work; <see langword="null"/> for all processors.</param>
    /// <exception cref="ArgumentException">The model's shape is not the one described.</exception>
    public ExactSimulator(AuxiliaryModel<float> model, SimulatorDescription description, ParameterSubset subset, int? threadCount = null) =>
        fineTuning = new ExactFineTuning<float>(model, description, subset, threadCount);

    /// <inheritdoc/>
    public SimulatorDescription Description => fineTuning.Description;

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="directory">Directory with <c>config.json</c> and safetensors weights.</param>
    /// <param name="description">What is simulated.</param>
    /// <param name="subset">Which parameters are trained.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit.</exception>
    public static ExactSimulator Load(string directory, SimulatorDescription description, ParameterSubset subset)
    {
        ArgumentNullException.ThrowIfNull(description);
        return new ExactSimulator(AuxiliaryModelReader.Read<float>(directory, description.Auxiliary), description, subset);
    }

    /// <inheritdoc/>
    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null) => fineTuning.Run(batch, options).ToSimulationResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The working memory is managed; nothing is held open.
    }
}
