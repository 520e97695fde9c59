using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Model.Parameters;
using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>Layer graph → kernels, module by module, still with gates, head orders, permutations and padded prefixes.</summary>
public static class LowerModules
{
    /// <summary>Lowers every module.</summary>
    public static KernelProgram Run(LayerGraph graph)
    {
        int width = graph.Spec.Auxiliary.HiddenSize;
        Kernel Copy(string from, string to) => Token(
            KernelKind.Copy,
            ModuleNames.Embedding,
            [new Operand(from, 0, width)],
            [new Operand(to, 0, width)],
            graph.Spec.Training.Layers.Span);
        Routine Of(RoutineKind kind, IEnumerable<SimulatorModule> modules) =>
            new(kind, modules.SelectMany(m => Lower(graph.Spec, m)).ToEquatableArray());
        return new KernelProgram(graph.Spec, EquatableArray.Create(
            Of(RoutineKind.Embedding, graph.Embedding),
            Of(RoutineKind.ForwardBlock, graph.ForwardBlock),
            new Routine(RoutineKind.KeepTrainedInput, EquatableArray.Create(Copy(Signals.Hidden, Signals.TrainedInput))),
            Of(RoutineKind.FinalNorm, graph.FinalNorm),
            Of(RoutineKind.Head, graph.LossGradient),
            Of(RoutineKind.FinalNormBackward, graph.FinalNormBackward),
            Of(RoutineKind.BackwardBlock, graph.BackwardBlock),
            new Routine(RoutineKind.RestoreTrainedInput, EquatableArray.Create(Copy(Signals.TrainedInput, Signals.Hidden))),
            new Routine(RoutineKind.WriteUpdates, default)));
    }

    private static IEnumerable<Kernel> Lower(ModelSpec spec, SimulatorModule module) => module.Kind switch
    {
        ModuleKind.Linear => LowerLinear.Run(spec, module),
        ModuleKind.Norm or ModuleKind.HeadNorm => LowerNorm.Run(spec, module),
        ModuleKind.Embedding => LowerEmbedding.Run(spec, module),
        ModuleKind.EmbeddingNorm => [Fixed(KernelKind.Norm, spec, module)],
        ModuleKind.Projection => [Fixed(module.Direction == Direction.Forward ? KernelKind.Linear : KernelKind.LinearBackward, spec, module)],
        _ => [Token(KindOf(spec, module), module)],
    };

    private static KernelKind KindOf(ModelSpec spec, SimulatorModule module) => (module.Kind, module.Direction) switch
    {
        (ModuleKind.Residual, _) => module.Input.Count == 1 ? KernelKind.Copy : KernelKind.Add,
        (ModuleKind.Activation, Direction.Forward) => KernelKind.Activation,
        (ModuleKind.Activation, Direction.Backward) => KernelKind.ActivationBackward,
        (ModuleKind.Gate, Direction.Forward) => KernelKind.Gate,
        (ModuleKind.Gate, Direction.Backward) => KernelKind.GateBackward,
        (ModuleKind.Rotation, Direction.Forward) => KernelKind.Rotate,
        (ModuleKind.Rotation, Direction.Backward) => KernelKind.RotateBackward,
        (ModuleKind.Attention, Direction.Backward) when spec.Training.Passes == AttentionGradient.None => KernelKind.SumGroups,
        (ModuleKind.Attention, Direction.Forward) => KernelKind.Attention,
        (ModuleKind.Attention, Direction.Backward) => KernelKind.AttentionBackward,
        (ModuleKind.LossGradient, _) => KernelKind.Head,
        _ => throw new InvalidOperationException($"{module.Direction} {module.Kind} has a lowering of its own."),
    };

    private static Kernel Token(KernelKind kind, SimulatorModule module)
    {
        bool blocks = module.Kind is ModuleKind.Activation or ModuleKind.Gate;
        IEnumerable<Operand> Operands(EquatableArray<Signal> signals) =>
            blocks || module.Kind == ModuleKind.Residual ? signals.Select(Operand.Of) : Operand.Whole(signals);
        Kernel kernel = Token(kind, module.Name, Operands(module.Input), Operands(module.Output), module.Origin);
        return blocks ? kernel with { Copies = module.Output[0].Blocks } : kernel;
    }

    /// <summary>A layer of the simulator that no descent changes: its weights are in no prefix.</summary>
    private static Kernel Fixed(KernelKind kind, ModelSpec spec, SimulatorModule module) => Token(kind, module) with
    {
        Parameters = EquatableArray.Create(module.Name),
        BiasShare = spec.Auxiliary.Model.HasBias(module.Name) ? Share.Whole : Share.None,
        Residual = module.Name == ModuleNames.ProjectIn && spec.Auxiliary.Model.Positions == PositionKind.Learned ? Operand.Of(module.Output[0]) : null,
    };

    internal static Kernel Token(
        KernelKind kind,
        string module,
        IEnumerable<Operand> inputs,
        IEnumerable<Operand> outputs,
        Diagnostics.SourceSpan origin) =>
        new(
            kind,
            module,
            0,
            1,
            inputs.ToEquatableArray(),
            outputs.ToEquatableArray(),
            default,
            null,
            Share.Whole,
            ConstructionMaps.None with { Gate = Positions.Tokens },
            origin);
}
