using TinT.Evaluation.InContext.Protocol;
using TinT.Model;
using TinT.Reports.Files;

namespace TinT.Reports.InContext;

/// <summary>An in-context evaluation with all that is needed to repeat it.</summary>
/// <param name="Simulator">What was simulated: the spec's settings.</param>
/// <param name="Result">Runs and choices.</param>
/// <param name="Inputs">Hashes of what was read, by what it is.</param>
/// <param name="Version">Version of the product.</param>
public sealed record InContextReport(SimulatorDescription Simulator, InContextResult Result, IReadOnlyList<HashedInput> Inputs, string Version);
