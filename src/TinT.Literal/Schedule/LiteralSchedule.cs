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
                steps.Add(new HeadStep(graph.LossGradient[0].Input[0].Name, call.Updates));
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
            if (!LiteralBlock.IsModule(module))
            {
                AddStep(module);
                continue;
            }

            // Attention reads q, k and v beside the input that they were made of, which stays in memory with q and k.
            IEnumerable<string> inputs = module.Input.Select(signal => signal.Name);
            if (module.Kind == ModuleKind.Attention)
                inputs = inputs.Append(module.Memory[2].Signal);
            ProgramModule literal = module.Kind == ModuleKind.Attention ? block.Attention.Softmax : block[module];
            steps.Add(new ModuleCall(block, literal, module, layer, module.Matrix)
            {
                Inputs = Side(inputs),
                Outputs = Side(module.Output.Select(signal => signal.Name)),
                MemoryWritten = Memory(layer, module),
                Activation = IsActivation(module) ? activations++ : 0,
            });
        }
    }

    private void AddBackward(LiteralBlock block, IEnumerable<SimulatorModule> modules, int layer)
    {
        int activations = 0;
        foreach (SimulatorModule module in modules)
        {
            if (!LiteralBlock.IsModule(module))
            {
                AddStep(module);
                continue;
            }

            string[] gradients = [.. module.Input.Take(GradientsOf(module)).Select(signal => signal.Name)];
            IEnumerable<string> outputs = module.Output.Select(signal => signal.Name);
            if (module.Kind == ModuleKind.Attention)
            {
                int values = MatricesOf(ModuleNames.Value).Count;
                if (block.ScoreBackward is { } scores)
                    AddScores(block, scores, module, layer, gradients, outputs.Skip(values));
                outputs = outputs.Take(values);
            }

            IEnumerable<string> inputs = gradients;
            if (module.Kind == ModuleKind.HeadNorm)
            {
                // A norm of heads reads what it normalized, which is made again for its backward pass and is still there for its descent.
                string name = module.Name == ModuleNames.QueryNorm ? ModuleNames.Query : ModuleNames.Key;
                if (module.Direction == Direction.Backward)
                    AddRepeated(block, module, name, layer);
                inputs = inputs.Concat(MatricesOf(name).Select(projection => projection.Output[0].Name));
            }

            steps.Add(new ModuleCall(block, block[module], module, layer, module.Matrix)
            {
                Inputs = Side(inputs),
                Outputs = Side(outputs),
                MemoryRead = Memory(layer, module),
                Activation = IsActivation(module) ? activations++ : 0,
            });
        }
    }

    /// <summary>The gradient through the scores: values are made again, and all that it reads lies where its module has it.</summary>
    private void AddScores(
        LiteralBlock block, AttentionScoreBackward scores, SimulatorModule module, int layer, IEnumerable<string> gradients, IEnumerable<string> outputs)
    {
        AddRepeated(block, module, ModuleNames.Value, layer);
        IEnumerable<string> values = MatricesOf(ModuleNames.Value).Select(projection => projection.Output[0].Name);
        MemoryPlace[] memory = Memory(layer, module);
        MemoryPlace At(MemoryPlace place, int start) => place with { Slot = place.Slot with { Start = start } };
        steps.Add(new ModuleCall(block, scores, module, layer, null)
        {
            Inputs = [.. Side(gradients), .. values.Select((signal, index) => new SignalPlace(signal, scores.ValueStart + (index * size)))],
            Outputs = Side(outputs),
            MemoryRead = [At(memory[0], scores.QueryStart), At(memory[1], scores.KeyStart)],
        });
    }

    /// <summary>Makes values, queries or keys again of the input of all three, which is in the memory of attention.</summary>
    private void AddRepeated(LiteralBlock block, SimulatorModule module, string name, int layer)
    {
        MemorySlot input = graph.ForwardBlock.First(forward => forward.Kind == ModuleKind.Attention).Memory[2];
        foreach (SimulatorModule projection in MatricesOf(name))
        {
            steps.Add(new ModuleCall(block, block.Repeated(module), module, layer, projection.Matrix)
            {
                Inputs = [],
                Outputs = Side([projection.Output[0].Name]),
                MemoryRead = [new MemoryPlace(layer, ModuleNames.Attention, input with { Start = 0 })],
            });
        }
    }

    private void AddStep(SimulatorModule module)
    {
        if (module.Kind == ModuleKind.Residual)
            steps.Add(new SumStep([.. module.Input.Select(signal => signal.Name)], module.Output[0].Name));
        else if (module.Kind == ModuleKind.Projection)
            steps.Add(new ProjectionStep(module.Input[0].Name, module.Output[0].Name, module.Direction == Direction.Backward));
    }

    /// <summary>Signals side by side from the first coordinate on, a block of D each.</summary>
    private SignalPlace[] Side(IEnumerable<string> signals) => [.. signals.Select((signal, index) => new SignalPlace(signal, index * size))];

    /// <summary>The blocks of a matrix in a layer's forward pass.</summary>
    private List<SimulatorModule> MatricesOf(string name) => [.. graph.ForwardBlock.Where(forward => forward.Name == name)];

    /// <summary>How many of a backward module's or descent's inputs, the first ones, are gradients; what else it reads is in memory.</summary>
    private int GradientsOf(SimulatorModule module) => module.Kind switch
    {
        ModuleKind.Attention => graph.ForwardBlock.First(forward => forward.Kind == ModuleKind.Attention).Output.Count,
        ModuleKind.HeadNorm => module.Input.Count,
        _ => 1,
    };

    private static bool IsActivation(SimulatorModule module) => module.Kind is ModuleKind.Activation or ModuleKind.Gate;

    private static MemoryPlace[] Memory(int layer, SimulatorModule module) =>
        [.. module.Memory.Select(slot => new MemoryPlace(layer, ForwardModule(module), slot))];

    /// <summary>The forward module whose memory a module leaves or reads.</summary>
    private static string ForwardModule(SimulatorModule module) => module switch
    {
        _ when IsActivation(module) => module.Input[module.Direction == Direction.Forward ? 0 : 1].Name,
        _ when LiteralBlock.IsPartOfAttention(module) => ModuleNames.Attention,
        _ => $"{module.Name}[{module.Matrix!.Copy}]",
    };
}
