using TinT.Accounting.Compiled;
using TinT.Accounting.Gpu;
using TinT.Accounting.Memory;
using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Literal.Simulator;

namespace TinT.Accounting.Accounts;

/// <summary>Everything that can be said about a spec's simulators without running them.</summary>
/// <param name="Graph">The construction.</param>
/// <param name="Run">The run that is accounted for.</param>
/// <param name="Threads">Threads of the compiled simulator.</param>
/// <param name="Construction">The literal simulator; <see langword="null"/> where gradients are exact, which the construction cannot make.</param>
/// <param name="Compiled">Cost of the compiled simulator.</param>
/// <param name="Buffers">Its arena.</param>
/// <param name="Arena">The arena over time.</param>
/// <param name="Memory">Its memory.</param>
public sealed record SimulatorAccount(
    LayerGraph Graph,
    PlannedRun Run,
    int Threads,
    ConstructionAccount? Construction,
    CompiledCost Compiled,
    BufferPlan Buffers,
    ArenaTimeline Arena,
    MemoryPlan Memory)
{
    /// <summary>The same run of the generated GPU simulator, for each device that was asked for.</summary>
    public IReadOnlyList<GpuAccount> Gpus { get; init; } = [];

    /// <summary>The literal simulator.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public ConstructionAccount Constructed => Construction ?? throw new InvalidOperationException("With exact gradients there is no construction.");

    /// <summary>The spec.</summary>
    public ModelSpec Spec => Graph.Spec;

    /// <summary>Accounts for a spec.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="run">The run.</param>
    /// <param name="threads">Threads of the compiled simulator.</param>
    public static SimulatorAccount Of(CompiledModel model, PlannedRun run, int threads)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new SimulatorAccount(
            model.Graph,
            run,
            threads,
            model.Spec.Training.IsExact ? null : ConstructionAccount.Of(new LiteralLayout(model.Graph), run),
            CompiledCost.Of(model.Program, model.Parameters, model.Buffers, run),
            model.Buffers,
            ArenaTimeline.Of(model.Program, model.Buffers),
            MemoryPlan.Of(model.Program, model.Parameters, model.Buffers, run, threads));
    }
}
