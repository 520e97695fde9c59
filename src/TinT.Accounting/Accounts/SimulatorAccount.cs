using TinT.Accounting.Compiled;
using TinT.Accounting.Gpu;
using TinT.Accounting.Literal;
using TinT.Accounting.Memory;
using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Literal.Simulator;

namespace TinT.Accounting.Accounts;

/// <summary>Everything that can be said about a spec's simulators without running them.</summary>
/// <param name="Graph">The construction.</param>
/// <param name="Run">The run that is accounted for.</param>
/// <param name="Threads">Threads of the compiled simulator.</param>
/// <param name="Prefix">Where a matrix lies in its prefix embeddings.</param>
/// <param name="Parameters">Parameters of the literal simulator by module.</param>
/// <param name="ParameterCounts">The same in the parts of the published accounting.</param>
/// <param name="Literal">Layers and cost of the literal simulator.</param>
/// <param name="Compiled">Cost of the compiled simulator.</param>
/// <param name="Buffers">Its arena.</param>
/// <param name="Arena">The arena over time.</param>
/// <param name="Memory">Its memory.</param>
public sealed record SimulatorAccount(
    LayerGraph Graph,
    PlannedRun Run,
    int Threads,
    PrefixLayout Prefix,
    IReadOnlyList<ModuleParameters> Parameters,
    ParameterCounts ParameterCounts,
    LiteralCost Literal,
    CompiledCost Compiled,
    BufferPlan Buffers,
    ArenaTimeline Arena,
    MemoryPlan Memory)
{
    /// <summary>The same run of the generated GPU simulator, for each device that was asked for.</summary>
    public IReadOnlyList<GpuAccount> Gpus { get; init; } = [];

    /// <summary>The spec.</summary>
    public ModelSpec Spec => Graph.Spec;

    /// <summary>Accounts for a spec.</summary>
    /// <param name="spec">A checked spec.</param>
    /// <param name="run">The run.</param>
    /// <param name="threads">Threads of the compiled simulator.</param>
    public static SimulatorAccount Of(ModelSpec spec, PlannedRun run, int threads)
    {
        LayerGraph graph = BuildLayerGraph.Run(spec);
        LiteralLayout layout = new(graph);
        KernelProgram program = LowerGraph.Run(graph);
        ParameterLayout parameters = PlanParameters.Run(program);
        BufferPlan buffers = PlanBuffers.Run(program);
        return new SimulatorAccount(
            graph,
            run,
            threads,
            PrefixLayout.Of(layout.Construction),
            ModuleParameters.Of(layout),
            layout.CountParameters(),
            LiteralCost.Of(layout, run),
            CompiledCost.Of(program, parameters, buffers, run),
            buffers,
            ArenaTimeline.Of(program, buffers),
            MemoryPlan.Of(program, parameters, buffers, run, threads));
    }
}
