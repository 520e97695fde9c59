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

    /// <summary>Whether <see cref="RunEach"/> shares passes, so that several settings are better asked for at once.</summary>
    bool SharesPasses => false;

    /// <summary>Runs a batch with several inner trainings; each gives what <see cref="Run"/> gives, bit for bit.</summary>
    /// <remarks>
    /// Simulators that can share passes: on processors the first pass serves all trainings and, in the dual form of the update, the first backward pass all that
    /// train the same tokens. Others run one after another.
    /// </remarks>
    /// <param name="batch">Token ids and masks.</param>
    /// <param name="settings">The inner trainings, at least one.</param>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <returns>The result of each training, in their order.</returns>
    /// <exception cref="SimulationInputException">The batch, a setting or the options do not fit the model.</exception>
    IReadOnlyList<SimulationResult> RunEach(SimulationBatch batch, IReadOnlyList<RunSetting> settings, RunOptions? options = null)
    {
        SimulationInput.CheckSettings(settings);
        return [.. settings.Select(setting => Run(setting.Of(batch), setting.Of(options ?? new RunOptions())))];
    }
}
