using TinT.Compiler.Construction;

namespace TinT.Accounting.Literal;

/// <summary>A module of the simulator with all its executions in a run over one sequence.</summary>
/// <param name="Stage">Which part of the run it belongs to.</param>
/// <param name="Direction">Forward, backward or descent.</param>
/// <param name="Name">The auxiliary module that it stands for, or the signal that it sums.</param>
/// <param name="Program">What it executes, such as <c>linear_forward</c>.</param>
/// <param name="Layers">The simulator's layers in one execution.</param>
/// <param name="Executions">How often it is executed.</param>
/// <param name="PerExecution">Cost of one execution.</param>
public sealed record ExecutedModule(
    RunStage Stage,
    Direction Direction,
    string Name,
    string Program,
    IReadOnlyList<SimulatorLayerKind> Layers,
    int Executions,
    OperationCost PerExecution)
{
    /// <summary>Attention layers in one execution.</summary>
    public int AttentionLayers => Layers.Count(layer => layer == SimulatorLayerKind.Attention);

    /// <summary>MLP layers in one execution.</summary>
    public int MlpLayers => Layers.Count(layer => layer == SimulatorLayerKind.Mlp);

    /// <summary>Cost of all executions.</summary>
    public OperationCost Total => PerExecution * Executions;
}
