using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>A way to learn from a prompt.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Simulator">What learns and scores, over the auxiliary model's weights.</param>
public sealed record InContextMethod(string Name, ISimulator Simulator);
