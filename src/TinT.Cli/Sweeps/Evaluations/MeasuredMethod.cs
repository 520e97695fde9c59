using TinT.Runtime.Simulation;

namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>What a method's speed is measured on.</summary>
/// <param name="Name">The method.</param>
/// <param name="Simulator">What runs it.</param>
/// <param name="Batch">Sequences such as it will run.</param>
/// <param name="Operations">Operations of one run on them.</param>
internal sealed record MeasuredMethod(string Name, ISimulator Simulator, SimulationBatch Batch, double Operations);
