using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Agreement.Comparison;

/// <summary>What a check found.</summary>
/// <param name="Description">What was simulated.</param>
/// <param name="LearningRate">Inner learning rate of the run.</param>
/// <param name="Batch">The input.</param>
/// <param name="Comparisons">Compiled, literal and plain, in pairs.</param>
/// <param name="SoftGates">
/// How far tanh gates move the update, |soft − hard| / |hard| of the change of the logits; <see langword="null"/> if that was not run.
/// </param>
/// <param name="Costs">TinT against exact SGD on the parameters TinT updates, by what is made exact.</param>
/// <param name="WholeBlocks">TinT's change of the logits against that of exact SGD on every parameter of the trained layers.</param>
/// <param name="Exactness">
/// Distance of the changes of the weights when everything is exact, which must be that of exact SGD; <see langword="null"/> if it need not.
/// </param>
/// <param name="WhyNotExact">Why it need not; empty if it must.</param>
public sealed record AgreementReport(
    SimulatorDescription Description,
    double LearningRate,
    SimulationBatch Batch,
    IReadOnlyList<EngineComparison> Comparisons,
    double? SoftGates,
    IReadOnlyList<ApproximationCost> Costs,
    Closeness WholeBlocks,
    Measure? Exactness,
    string WhyNotExact)
{
    /// <summary>What storing weights in 16 bits changes; <see langword="null"/> if that was not asked for.</summary>
    public StorageEffect? Storage { get; init; }

    /// <summary>The first value that is not finite, for each sequence that has any, of everything that was run.</summary>
    public IReadOnlyList<(string Engine, NonFiniteValue Value)> NonFinite { get; init; } = [];

    /// <summary>Whether every tolerance holds.</summary>
    public bool Holds => Comparisons.All(comparison => comparison.Holds) && Exactness?.Holds != false;
}
