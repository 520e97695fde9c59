using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Compilation;

/// <summary>A compiled spec: loads simulators of one model.</summary>
/// <param name="Description">What is simulated.</param>
/// <param name="Load">
/// Loads weights from a Hugging Face model directory; throws <see cref="CheckpointFormatException"/> if they do not fit.
/// </param>
internal sealed record SimulatorFactory(SimulatorDescription Description, Func<string, SimulatorOptions?, ISimulator> Load);
