using TinT.Literal.Modules;
using TinT.Literal.Schedule;
using TinT.Literal.Simulator;

namespace TinT.Accounting.Literal;

/// <summary>What a run of the literal simulator consists of and costs.</summary>
/// <remarks>
/// Depth: the simulator's layers are executed one after another, because the P prefix positions hold one matrix at a time. What counts as a layer says
/// <see cref="SimulatorLayerKind"/>. Sums of residual branches, the token embedding and the logits are no layers; the loss gradient is one MLP layer: logits = o Eᵀ, softmax, times E.
/// </remarks>
/// <param name="Modules">The modules, in the order in which they first run.</param>
/// <param name="LongestChain">
/// Layers of the longest chain in which each needs what the one before makes: the depth, were there positions for more matrices at a time.
/// </param>
/// <param name="DistinctLayers">Layers with parameters of their own.</param>
/// <param name="BatchSize">Sequences.</param>
public sealed record LiteralCost(IReadOnlyList<ExecutedModule> Modules, int LongestChain, int DistinctLayers, int BatchSize)
{
    /// <summary>Attention layers that a run executes one after another.</summary>
    public int AttentionLayers => Modules.Sum(module => module.Executions * module.AttentionLayers);

    /// <summary>MLP layers that a run executes one after another.</summary>
    public int MlpLayers => Modules.Sum(module => module.Executions * module.MlpLayers);

    /// <summary>All layers that a run executes one after another.</summary>
    public int Depth => AttentionLayers + MlpLayers;

    /// <summary>Cost of the run.</summary>
    public OperationCost Total => OperationCost.Sum(Modules.Select(module => module.Total)) * BatchSize;

    /// <summary>Accounts for a run.</summary>
    /// <param name="layout">The literal simulator.</param>
    /// <param name="run">The run; its steps and trained layers must be at most the layout's.</param>
    public static LiteralCost Of(LiteralLayout layout, PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(run);
        LayerCosts costs = new(layout.Construction, layout.Graph.Spec, run.Tokens);
        IReadOnlyList<RunStep> schedule = LiteralSchedule.Of(layout, run.TrainedLayers, run.Steps);
        IEnumerable<ExecutedModule> modules = StepDescription.Of(schedule)
            .Where(step => step.Step is not CopyStep)
            .GroupBy(step => step.Description, step => step.Step)
            .Select(group => new ExecutedModule(
                group.Key.Stage,
                group.Key.Direction,
                group.Key.Name,
                group.Key.Program,
                LayersOf(group.First()),
                group.Count(),
                costs.Of(group.First())));
        IEnumerable<ProgramModule> distinct =
            schedule.OfType<ModuleCall>().Select(call => call.Module).Distinct(ReferenceEqualityComparer.Instance).Cast<ProgramModule>();
        return new LiteralCost(
            [.. modules], Accounting.Literal.LongestChain.Of(schedule), distinct.Sum(module => SimulatorLayer.Of(module).Count), run.BatchSize);
    }

    /// <summary>The simulator's layers that a step is.</summary>
    internal static IReadOnlyList<SimulatorLayerKind> LayersOf(RunStep step) => step switch
    {
        ModuleCall call => [.. SimulatorLayer.Of(call.Module).Select(layer => layer.Kind)],
        LossGradientStep => [SimulatorLayerKind.Mlp],
        _ => [],
    };
}
