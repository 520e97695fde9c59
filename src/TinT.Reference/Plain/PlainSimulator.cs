using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Plain;

/// <summary>TinT's plain equations as a simulator, computed in double precision, results rounded to single.</summary>
public sealed class PlainSimulator : ISimulator
{
    private readonly PlainTint<double> tint;

    /// <summary>Creates a simulator.</summary>
    /// <param name="model">Weights; not changed.</param>
    /// <param name="description">What is simulated.</param>
    /// <param name="options">Approximations to make exact; <see langword="null"/> for none.</param>
    /// <param name="threadCount">Most threads at work; <see langword="null"/> for all processors.</param>
    /// <exception cref="ArgumentException">The model's shape is not the one described.</exception>
    public PlainSimulator(AuxiliaryModel<double> model, SimulatorDescription description, PlainTintOptions? options = null, int? threadCount = null) =>
        tint = new PlainTint<double>(model, description, options, threadCount);

    /// <inheritdoc/>
    public SimulatorDescription Description => tint.Description;

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="directory">Directory with <c>config.json</c> and safetensors weights.</param>
    /// <param name="description">What is simulated.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit.</exception>
    public static PlainSimulator Load(string directory, SimulatorDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return new PlainSimulator(AuxiliaryModelReader.Read<double>(directory, description.Auxiliary), description);
    }

    /// <inheritdoc/>
    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null) => tint.Run(batch, options).ToSimulationResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The working memory is managed; nothing is held open.
    }
}
