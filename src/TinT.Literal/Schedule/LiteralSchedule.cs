using TinT.Compiler.Construction;
using TinT.Literal.Modules;
using TinT.Literal.Simulator;
using TinT.Model.Runs;

namespace TinT.Literal.Schedule;

/// <summary>Every step of a run in order: what the literal construction does for each call of the run's schedule.</summary>
internal sealed class LiteralSchedule
{
    private readonly LiteralLayout layout;
    private readonly LayerGraph graph;
    private readonly int size;
    private readonly List<RunStep> steps = [];

    private LiteralSchedule(LiteralLayout layout)
    {
        this.layout = layout;
        graph = layout.Graph;
        size = layout.Construction.AuxiliarySize;
    }

    /// <summary>The steps of a run.</summary>
    /// <param name="layout">The simulator.</param>
    /// <param name="trainedLayers">Trained layers, up to those of the spec.</param>
    /// <param name="innerSteps">Inner steps, up to those of the spec.</param>
    public static IReadOnlyList<RunStep> Of(LiteralLayout layout, int trainedLayers, int innerSteps)
    {
        LiteralSchedule schedule = new(layout);
        foreach (RoutineCall call in RunSchedule.Of(layout.Graph.Spec.Auxiliary.LayerCount, trainedLayers, innerSteps))
            schedule.Add(call);
        return schedule.steps;
    }

    private void Add(RoutineCall call)
    {
        switch (call.Routine)
        {
            case RoutineKind.Embedding:
                steps.Add(new EmbeddingStep(Signals.Hidden));
                break;
            case RoutineKind.ForwardBlock:
                AddForward(layout.Forward(call.Layer, call.Updates), graph.ForwardBlock, call.Layer);
                break;
            case RoutineKind.KeepTrainedInput:
                steps.Add(new CopyStep(Signals.Hidden, Signals.TrainedInput));
                break;
            case RoutineKind.FinalNorm:
                AddForward(layout.FinalNorm, graph.FinalNorm, PrefixParameters.FinalLayer);
                break;
            case RoutineKind.Head:
                steps.Add(new HeadStep(Signals.HeadInput, call.Updates));
                if (call.Head != HeadPass.After)
                    steps.Add(new LossGradientStep(call.Updates, graph.LossGradient[0].Output[0].Name));
                break;
            case RoutineKind.FinalNormBackward:
                AddBackward(layout.FinalNormBackward, graph.FinalNormBackward, PrefixParameters.FinalLayer);
                break;
            case RoutineKind.BackwardBlock:
                AddBackward(layout.Backward(call.Layer, call.Updates), graph.BackwardBlock, call.Layer);
                break;
            case RoutineKind.RestoreTrainedInput:
                steps.Add(new CopyStep(Signals.TrainedInput, Signals.Hidden));
                break;
            default:
                throw new InvalidOperationException($"{call.Routine} is not part of a run.");
        }
    }

    private void AddForward(LiteralBlock block, IEnumerable<SimulatorModule> modules, int layer)
    {
        int activations = 0;
        foreach (SimulatorModule module in modules)
        {
            if (module.Kind == ModuleKind.Residual)
            {
                steps.Add(SumOf(module));
                continue;
            }

            // Attention reads q, k and v beside the input that they were made of, which stays in memory with q and k.
            IEnumerable<string> inputs = module.Input.Select(signal => signal.Name);
            if (module.Kind == ModuleKind.Attention)
                inputs = inputs.Append(module.Memory[2].Signal);
            ProgramModule literal = module.Kind == ModuleKind.Attention ? block.Attention.Softmax : block[module];
            steps.Add(new ModuleCall(block, literal, module, layer, module.Matrix)
            {
                Inputs = [.. inputs.Select((signal, index) => new SignalPlace(signal, index * size))],
                Outputs = [new SignalPlace(module.Output[0].Name, 0)],
                MemoryWritten = Memory(layer, module),
                Activation = module.Kind == ModuleKind.Activation ? activations++ : 0,
            });
        }
    }

    private void AddBackward(LiteralBlock block, IEnumerable<SimulatorModule> modules, int layer)
    {
        int activations = 0;
        foreach (SimulatorModule module in modules)
        {
            if (module.Kind == ModuleKind.Residual)
            {
                steps.Add(SumOf(module));
                continue;
            }

            SignalPlace[] inputs = [new(module.Input[0].Name, 0)];
            MemoryPlace[] memory = Memory(layer, module);
            if (module.Kind == ModuleKind.Attention && block.ScoreBackward is { } scores)
            {
                PrefixMatrix value = graph.ForwardBlock.First(forward => forward.Name == ModuleNames.Value).Matrix!;
                steps.Add(new ModuleCall(block, scores, module, layer, value)
                {
                    Inputs = inputs,
                    Outputs = [new(module.Output[1].Name, 0), new(module.Output[2].Name, size)],
                    MemoryRead = memory,
                });
            }

            steps.Add(new ModuleCall(block, block[module], module, layer, module.Matrix)
            {
                Inputs = inputs,
                Outputs = [.. module.Output.Take(1).Select(signal => new SignalPlace(signal.Name, 0))],
                MemoryRead = memory,
                Activation = module.Kind == ModuleKind.Activation ? activations++ : 0,
            });
        }
    }

    private static SumStep SumOf(SimulatorModule module) => new([.. module.Input.Select(signal => signal.Name)], module.Output[0].Name);

    private static MemoryPlace[] Memory(int layer, SimulatorModule module) =>
        [.. module.Memory.Select(slot => new MemoryPlace(layer, ForwardModule(module), slot))];

    /// <summary>The forward module whose memory a module leaves or reads.</summary>
    private static string ForwardModule(SimulatorModule module) => module switch
    {
        { Kind: ModuleKind.Activation, Direction: Direction.Forward } => module.Input[0].Name,
        { Kind: ModuleKind.Activation } => module.Input[1].Name,
        _ when LiteralBlock.IsPartOfAttention(module) => ModuleNames.Attention,
        _ => $"{module.Name}[{module.Matrix!.Copy}]",
    };
}
