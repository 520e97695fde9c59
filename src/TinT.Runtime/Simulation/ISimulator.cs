using TinT.Model;

namespace TinT.Runtime.Simulation;

/// <summary>Runs an auxiliary model, fine-tunes it on the training part of each sequence and runs it again.</summary>
/// <remarks>
/// Implemented by generated simulators and by the yardsticks they are compared with. An instance is not safe for
/// concurrent calls: it owns its working memory.
/// </remarks>
public interface ISimulator : IDisposable
{
    /// <summary>What is simulated.</summary>
    SimulatorDescription Description { get; }

    /// <summary>Runs a batch; each sequence trains its own copy of the weights.</summary>
    /// <param name="batch">Token ids and masks.</param>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model.</exception>
    SimulationResult Run(SimulationBatch batch, RunOptions? options = null);
}
