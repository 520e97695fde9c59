using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Agreement.Tests.Comparison;

/// <summary>A simulator whose results are changed.</summary>
internal sealed class SpoiltSimulator(ISimulator simulator, Action<SimulationResult>? spoil) : ISimulator
{
    public SimulatorDescription Description => simulator.Description;

    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null)
    {
        SimulationResult result = simulator.Run(batch, options);
        spoil?.Invoke(result);
        return result;
    }

    public void Dispose()
    {
        // The simulator belongs to the test.
    }
}
