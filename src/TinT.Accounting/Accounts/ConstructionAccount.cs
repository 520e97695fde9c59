using TinT.Accounting.Literal;
using TinT.Literal.Simulator;

namespace TinT.Accounting.Accounts;

/// <summary>What can be said about a spec's literal simulator.</summary>
/// <param name="Prefix">Where a matrix lies in its prefix embeddings.</param>
/// <param name="Parameters">Its parameters by module.</param>
/// <param name="ParameterCounts">The same in the parts of the published accounting.</param>
/// <param name="Literal">Its layers and cost.</param>
public sealed record ConstructionAccount(
    PrefixLayout Prefix, IReadOnlyList<ModuleParameters> Parameters, ParameterCounts ParameterCounts, LiteralCost Literal)
{
    /// <summary>Accounts for the construction of a run.</summary>
    /// <param name="layout">The literal simulator.</param>
    /// <param name="run">The run.</param>
    internal static ConstructionAccount Of(LiteralLayout layout, PlannedRun run) =>
        new(PrefixLayout.Of(layout.Construction), ModuleParameters.Of(layout), layout.CountParameters(), LiteralCost.Of(layout, run));
}
